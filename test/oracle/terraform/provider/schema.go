package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// block describes a resource or a nested block. Attributes: `name:type` with s, n, b (string, number, bool), ls, ss, ms
// (list, set, map of strings), or o (a set of objects that is written as blocks); `!` after it: AWS assigns it; `?`: AWS
// assigns it where nothing is written; `=text`: the default.
type block struct {
	attributes string
	// Lists of blocks; a name that ends in * is a set.
	blocks map[string]block
	// The members of attributes of type o.
	objects map[string]string
}

type attribute struct {
	name, kind, fallback string
	computed, optional   bool
}

func (b block) list() (found []attribute) {
	for _, word := range strings.Fields(b.attributes) {
		name, rest, _ := strings.Cut(word, ":")
		rest, fallback, _ := strings.Cut(rest, "=")
		kind := strings.TrimRight(rest, "!?")
		found = append(found, attribute{
			name: name, kind: kind, fallback: fallback,
			computed: rest != kind || fallback != "", optional: !strings.HasSuffix(rest, "!"),
		})
	}
	return found
}

func (b block) typeOf(a attribute) tftypes.Type {
	switch a.kind {
	case "n":
		return tftypes.Number
	case "b":
		return tftypes.Bool
	case "ls":
		return tftypes.List{ElementType: tftypes.String}
	case "ss":
		return tftypes.Set{ElementType: tftypes.String}
	case "ms":
		return tftypes.Map{ElementType: tftypes.String}
	case "o":
		members := map[string]tftypes.Type{}
		inner := block{attributes: b.objects[a.name]}
		for _, member := range inner.list() {
			members[member.name] = inner.typeOf(member)
		}
		return tftypes.Set{ElementType: tftypes.Object{AttributeTypes: members}}
	}
	return tftypes.String
}

func (b block) schema() *tfprotov5.SchemaBlock {
	answer := &tfprotov5.SchemaBlock{}
	for _, a := range b.list() {
		answer.Attributes = append(answer.Attributes, &tfprotov5.SchemaAttribute{
			Name: a.name, Type: b.typeOf(a), Optional: a.optional, Computed: a.computed,
		})
	}
	for name, inner := range b.blocks {
		nesting := tfprotov5.SchemaNestedBlockNestingModeList
		if strings.HasSuffix(name, "*") {
			nesting = tfprotov5.SchemaNestedBlockNestingModeSet
		}
		answer.BlockTypes = append(answer.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: strings.TrimSuffix(name, "*"), Nesting: nesting, Block: inner.schema(),
		})
	}
	return answer
}

// planned is the value with defaults, and unknown where AWS assigns something.
func (b block) planned(value tftypes.Value) tftypes.Value {
	if value.IsNull() || !value.IsKnown() {
		return value
	}
	members := map[string]tftypes.Value{}
	if err := value.As(&members); err != nil {
		panic(err)
	}
	for _, a := range b.list() {
		if !members[a.name].IsNull() || !a.computed {
			continue
		}
		kind := b.typeOf(a)
		switch {
		case a.fallback == "":
			members[a.name] = tftypes.NewValue(kind, tftypes.UnknownValue)
		case a.kind == "b":
			members[a.name] = tftypes.NewValue(kind, a.fallback == "true")
		case a.kind == "n":
			members[a.name] = number(a.fallback)
		default:
			members[a.name] = tftypes.NewValue(kind, a.fallback)
		}
	}
	for name, inner := range b.blocks {
		name = strings.TrimSuffix(name, "*")
		items := []tftypes.Value{}
		if !members[name].IsKnown() || members[name].IsNull() {
			continue
		}
		if err := members[name].As(&items); err != nil {
			panic(err)
		}
		for index := range items {
			items[index] = inner.planned(items[index])
		}
		members[name] = tftypes.NewValue(members[name].Type(), items)
	}
	return tftypes.NewValue(value.Type(), members)
}
