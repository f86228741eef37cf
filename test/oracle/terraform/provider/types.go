package main

var settings = block{attributes: "region:s profile:s"}

const rule = "from_port:n to_port:n protocol:s self:b cidr_blocks:ls ipv6_cidr_blocks:ls prefix_list_ids:ls security_groups:ss description:s"
const route = "cidr_block:s ipv6_cidr_block:s destination_prefix_list_id:s gateway_id:s nat_gateway_id:s transit_gateway_id:s vpc_peering_connection_id:s vpc_endpoint_id:s network_interface_id:s egress_only_gateway_id:s local_gateway_id:s carrier_gateway_id:s core_network_arn:s"
const ruleOfItsOwn = "id:s! arn:s! security_group_rule_id:s! security_group_id:s ip_protocol:s from_port:n to_port:n cidr_ipv4:s cidr_ipv6:s prefix_list_id:s referenced_security_group_id:s description:s"

var resources = map[string]block{
	"aws_vpc":                     {attributes: "id:s! arn:s! cidr_block:s? enable_dns_support:b=true enable_dns_hostnames:b? default_security_group_id:s! default_route_table_id:s! main_route_table_id:s! default_network_acl_id:s! owner_id:s! tags:ms"},
	"aws_subnet":                  {attributes: "id:s! arn:s! vpc_id:s cidr_block:s availability_zone:s? map_public_ip_on_launch:b=false owner_id:s! tags:ms"},
	"aws_internet_gateway":        {attributes: "id:s! arn:s! vpc_id:s? tags:ms"},
	"aws_eip":                     {attributes: "id:s! arn:s! allocation_id:s! domain:s? public_ip:s!"},
	"aws_nat_gateway":             {attributes: "id:s! subnet_id:s allocation_id:s? connectivity_type:s=public public_ip:s! private_ip:s? network_interface_id:s! tags:ms"},
	"aws_route_table":             {attributes: "id:s! arn:s! vpc_id:s route:o? owner_id:s! tags:ms", objects: map[string]string{"route": route}},
	"aws_route":                   {attributes: "id:s! route_table_id:s destination_cidr_block:s destination_ipv6_cidr_block:s destination_prefix_list_id:s gateway_id:s? nat_gateway_id:s? transit_gateway_id:s vpc_endpoint_id:s vpc_peering_connection_id:s network_interface_id:s? origin:s! state:s!"},
	"aws_route_table_association": {attributes: "id:s! subnet_id:s gateway_id:s route_table_id:s"},
	"aws_security_group": {
		attributes: "id:s! arn:s! name:s? name_prefix:s? description:s=Managed vpc_id:s? ingress:o? egress:o? owner_id:s! revoke_rules_on_delete:b=false tags:ms",
		objects:    map[string]string{"ingress": rule, "egress": rule},
	},
	"aws_security_group_rule":             {attributes: "id:s! security_group_rule_id:s! security_group_id:s type:s protocol:s from_port:n to_port:n cidr_blocks:ls ipv6_cidr_blocks:ls prefix_list_ids:ls source_security_group_id:s? self:b=false description:s"},
	"aws_vpc_security_group_ingress_rule": {attributes: ruleOfItsOwn},
	"aws_vpc_security_group_egress_rule":  {attributes: ruleOfItsOwn},
	"aws_vpc_endpoint":                    {attributes: "id:s! arn:s! vpc_id:s service_name:s vpc_endpoint_type:s=Gateway subnet_ids:ss? security_group_ids:ss? route_table_ids:ss? private_dns_enabled:b? policy:s? state:s! network_interface_ids:ss!"},
	"aws_msk_cluster": {
		attributes: "id:s! arn:s! cluster_name:s kafka_version:s number_of_broker_nodes:n enhanced_monitoring:s=DEFAULT bootstrap_brokers:s! bootstrap_brokers_tls:s! bootstrap_brokers_sasl_iam:s! bootstrap_brokers_sasl_scram:s! cluster_uuid:s! current_version:s! storage_mode:s? zookeeper_connect_string:s! tags:ms",
		blocks: map[string]block{
			"broker_node_group_info": {
				attributes: "instance_type:s client_subnets:ss security_groups:ss az_distribution:s=DEFAULT",
				blocks: map[string]block{
					"storage_info": {blocks: map[string]block{"ebs_storage_info": {attributes: "volume_size:n"}}},
				},
			},
			"client_authentication": {
				attributes: "unauthenticated:b",
				blocks: map[string]block{
					"sasl": {attributes: "iam:b scram:b"},
					"tls":  {attributes: "certificate_authority_arns:ss"},
				},
			},
			"configuration_info": {attributes: "arn:s revision:n"},
			"encryption_info": {
				attributes: "encryption_at_rest_kms_key_arn:s?",
				blocks:     map[string]block{"encryption_in_transit": {attributes: "client_broker:s=TLS in_cluster:b=true"}},
			},
		},
	},
	"aws_msk_configuration": {attributes: "id:s! arn:s! name:s kafka_versions:ss server_properties:s latest_revision:n! description:s"},
	"aws_msk_serverless_cluster": {
		attributes: "id:s! arn:s! cluster_name:s cluster_uuid:s! bootstrap_brokers_sasl_iam:s! tags:ms",
		blocks: map[string]block{
			"vpc_config": {attributes: "subnet_ids:ss security_group_ids:ss?"},
			"client_authentication": {blocks: map[string]block{
				"sasl": {blocks: map[string]block{"iam": {attributes: "enabled:b"}}},
			}},
		},
	},
	"aws_msk_scram_secret_association":  {attributes: "id:s! cluster_arn:s secret_arn_list:ss"},
	"aws_secretsmanager_secret":         {attributes: "id:s! arn:s! name:s? name_prefix:s? kms_key_id:s policy:s? recovery_window_in_days:n=30"},
	"aws_secretsmanager_secret_version": {attributes: "id:s! arn:s! version_id:s! secret_id:s secret_string:s secret_binary:s version_stages:ss?"},
	"aws_kms_key":                       {attributes: "id:s! arn:s! key_id:s! description:s? policy:s? is_enabled:b=true key_usage:s=ENCRYPT_DECRYPT enable_key_rotation:b? deletion_window_in_days:n tags:ms"},
	"aws_kms_alias":                     {attributes: "id:s! arn:s! name:s? target_key_id:s target_key_arn:s!"},
	"aws_sqs_queue":                     {attributes: "id:s! arn:s! url:s! name:s? policy:s? kms_master_key_id:s fifo_queue:b=false message_retention_seconds:n=345600"},
	"aws_iam_role": {
		attributes: "id:s! arn:s! name:s? name_prefix:s? assume_role_policy:s path:s=/ permissions_boundary:s managed_policy_arns:ss? unique_id:s! create_date:s! description:s max_session_duration:n=3600 force_detach_policies:b=false tags:ms",
		blocks:     map[string]block{"inline_policy*": {attributes: "name:s policy:s"}},
	},
	"aws_iam_role_policy":            {attributes: "id:s! name:s? name_prefix:s? role:s policy:s"},
	"aws_iam_policy":                 {attributes: "id:s! arn:s! name:s? name_prefix:s? path:s=/ policy:s policy_id:s! attachment_count:n! description:s tags:ms"},
	"aws_iam_role_policy_attachment": {attributes: "id:s! role:s policy_arn:s"},
	"aws_iam_policy_attachment":      {attributes: "id:s! name:s roles:ss users:ss groups:ss policy_arn:s"},
	"aws_lambda_function": {
		attributes: "id:s! arn:s! function_name:s role:s runtime:s handler:s filename:s source_code_hash:s? timeout:n=3 memory_size:n=128 reserved_concurrent_executions:n=-1 version:s! invoke_arn:s! qualified_arn:s! publish:b=false layers:ls package_type:s=Zip tags:ms",
		blocks: map[string]block{
			"vpc_config":  {attributes: "subnet_ids:ss security_group_ids:ss vpc_id:s!"},
			"environment": {attributes: "variables:ms"},
		},
	},
	"aws_lambda_event_source_mapping": {
		attributes: "id:s! arn:s! uuid:s! function_arn:s! state:s! last_modified:s! last_processing_result:s! state_transition_reason:s! event_source_arn:s function_name:s topics:ss starting_position:s starting_position_timestamp:s enabled:b=true batch_size:n maximum_batching_window_in_seconds:n maximum_retry_attempts:n? maximum_record_age_in_seconds:n? parallelization_factor:n? bisect_batch_on_function_error:b function_response_types:ss kms_key_arn:s tags:ms",
		blocks: map[string]block{
			"amazon_managed_kafka_event_source_config": {attributes: "consumer_group_id:s?"},
			"self_managed_kafka_event_source_config":   {attributes: "consumer_group_id:s?"},
			"self_managed_event_source":                {attributes: "endpoints:ms"},
			"source_access_configuration*":             {attributes: "type:s uri:s"},
			"provisioned_poller_config":                {attributes: "minimum_pollers:n? maximum_pollers:n?"},
			"destination_config":                       {blocks: map[string]block{"on_failure": {attributes: "destination_arn:s"}}},
			"filter_criteria":                          {blocks: map[string]block{"filter*": {attributes: "pattern:s"}}},
		},
	},
}

var dataSources = map[string]block{
	"aws_caller_identity":    {attributes: "id:s! account_id:s! arn:s! user_id:s!"},
	"aws_region":             {attributes: "id:s! name:s? description:s!"},
	"aws_partition":          {attributes: "id:s! partition:s! dns_suffix:s!"},
	"aws_availability_zones": {attributes: "id:s! state:s names:ls! zone_ids:ls!"},
	"aws_iam_policy_document": {
		attributes: "id:s! json:s! minified_json:s! version:s policy_id:s source_policy_documents:ls override_policy_documents:ls",
		blocks: map[string]block{
			"statement": {
				attributes: "sid:s effect:s actions:ss not_actions:ss resources:ss not_resources:ss",
				blocks: map[string]block{
					"principals*": {attributes: "type:s identifiers:ss"},
					"condition*":  {attributes: "test:s variable:s values:ls"},
				},
			},
		},
	},
}
