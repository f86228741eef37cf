package main

import (
	"encoding/json"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func texts(values ...string) tftypes.Value {
	items := []tftypes.Value{}
	for _, value := range values {
		items = append(items, text(value))
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, items)
}

func number(value string) tftypes.Value {
	parsed, _, err := big.ParseFloat(value, 10, 64, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return tftypes.NewValue(tftypes.Number, parsed)
}

// read answers for an account and a region of ours.
func read(kind string, config map[string]tftypes.Value) map[string]tftypes.Value {
	switch kind {
	case "aws_caller_identity":
		return map[string]tftypes.Value{
			"id": text("111122223333"), "account_id": text("111122223333"),
			"arn": text("arn:aws:iam::111122223333:role/deployer"), "user_id": text("AROAEXAMPLE:deployer"),
		}
	case "aws_region":
		return map[string]tftypes.Value{"id": text("eu-west-1"), "name": text("eu-west-1"), "description": text("Europe (Ireland)")}
	case "aws_partition":
		return map[string]tftypes.Value{"id": text("aws"), "partition": text("aws"), "dns_suffix": text("amazonaws.com")}
	case "aws_availability_zones":
		return map[string]tftypes.Value{
			"id": text("eu-west-1"), "names": texts("eu-west-1a", "eu-west-1b", "eu-west-1c"),
			"zone_ids": texts("euw1-az1", "euw1-az2", "euw1-az3"),
		}
	}
	document := documentOf(config)
	return map[string]tftypes.Value{"id": text("policy"), "json": text(document), "minified_json": text(document)}
}

func listOf(value tftypes.Value) (items []tftypes.Value) {
	if !value.IsNull() {
		_ = value.As(&items)
	}
	return items
}

func membersOf(value tftypes.Value) map[string]tftypes.Value {
	members := map[string]tftypes.Value{}
	_ = value.As(&members)
	return members
}

func stringOf(value tftypes.Value) (found string) {
	if !value.IsNull() {
		_ = value.As(&found)
	}
	return found
}

func stringsOf(value tftypes.Value) (found []string) {
	for _, item := range listOf(value) {
		found = append(found, stringOf(item))
	}
	return found
}

func documentOf(config map[string]tftypes.Value) string {
	statements := []map[string]any{}
	for _, item := range listOf(config["statement"]) {
		members := membersOf(item)
		statement := map[string]any{"Effect": "Allow"}
		if effect := stringOf(members["effect"]); effect != "" {
			statement["Effect"] = effect
		}
		if sid := stringOf(members["sid"]); sid != "" {
			statement["Sid"] = sid
		}
		for name, element := range map[string]string{
			"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource",
		} {
			if values := stringsOf(members[name]); len(values) > 0 {
				statement[element] = values
			}
		}
		principals := map[string]any{}
		for _, principal := range listOf(members["principals"]) {
			fields := membersOf(principal)
			principals[stringOf(fields["type"])] = stringsOf(fields["identifiers"])
		}
		if len(principals) > 0 {
			statement["Principal"] = principals
		}
		conditions := map[string]map[string]any{}
		for _, condition := range listOf(members["condition"]) {
			fields := membersOf(condition)
			operator := stringOf(fields["test"])
			if conditions[operator] == nil {
				conditions[operator] = map[string]any{}
			}
			conditions[operator][stringOf(fields["variable"])] = stringsOf(fields["values"])
		}
		if len(conditions) > 0 {
			statement["Condition"] = conditions
		}
		statements = append(statements, statement)
	}
	encoded, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
	if err != nil {
		panic(err)
	}
	return string(encoded)
}
