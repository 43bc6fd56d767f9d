/*
 * apig_instances.c
 *		Dedicated gateways of API Gateway.
 */
#include "apig.h"

static const GmfColumn instances_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Instance ID."},
	{.name = "project_id", .type = GMF_TEXT, .path = "project_id",
		.description = "ID of the project to which the instance belongs."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Instance name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "Creating | CreateSuccess | CreateFail | Running | Updating | UpdateFailed | "
		"Restarting | RestartFail | Resizing | ResizeFailed | Freezing | Frozen | Unhealthy | "
		"Deleting | DeleteFailed",
		.description = "Instance status."},
	{.name = "instance_status", .type = GMF_INTEGER, .path = "instance_status",
		.description = "Number of the status: 1 (creating), 6 (running), 12 (upgrading), 23 "
		"(deleting) and so on."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.description = "Instance type; apig."},
	{.name = "spec", .type = GMF_TEXT, .path = "spec",
		.values = "BASIC | PROFESSIONAL | ENTERPRISE | PLATINUM | BASIC_IPV6 | "
		"PROFESSIONAL_IPV6 | ENTERPRISE_IPV6 | PLATINUM_IPV6",
		.description = "Edition of the instance."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the instance was created."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project."},
	{.name = "eip_address", .type = GMF_TEXT, .path = "eip_address",
		.description = "Elastic IP address bound to the instance."},
	{.name = "charging_mode", .type = GMF_INTEGER, .path = "charging_mode", .values = "0 | 1",
		.description = "Billing mode: 0 (pay-per-use), 1 (yearly/monthly)."},
	{.name = "cbc_metadata", .type = GMF_TEXT, .path = "cbc_metadata",
		.description = "Order ID of yearly/monthly billing."},
	{.name = "loadbalancer_provider", .type = GMF_TEXT, .path = "loadbalancer_provider",
		.values = "lvs | elb",
		.description = "Kind of load balancer."},
	{.name = "cbc_operation_locks", .type = GMF_JSONB, .path = "cbc_operation_locks",
		.description = "Locks by which billing restricts operations: objects with lock_scene "
		"and lock_source_id."},
	{.name = "description", .type = GMF_TEXT, .path = "description", .only = GMF_GET,
		.description = "Instance description."},
	{.name = "vpc_id", .type = GMF_TEXT, .path = "vpc_id", .only = GMF_GET,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .path = "subnet_id", .only = GMF_GET,
		.description = "Network ID of the subnet."},
	{.name = "security_group_id", .type = GMF_TEXT, .path = "security_group_id", .only = GMF_GET,
		.description = "ID of the security group."},
	{.name = "maintain_begin", .type = GMF_TEXT, .path = "maintain_begin", .only = GMF_GET,
		.description = "When the maintenance window begins: HH:mm:ss."},
	{.name = "maintain_end", .type = GMF_TEXT, .path = "maintain_end", .only = GMF_GET,
		.description = "When the maintenance window ends, four hours later: HH:mm:ss."},
	{.name = "ingress_ip", .type = GMF_TEXT, .path = "ingress_ip", .only = GMF_GET,
		.description = "Address of the gateway in the VPC."},
	{.name = "ingress_ip_v6", .type = GMF_TEXT, .path = "ingress_ip_v6", .only = GMF_GET,
		.description = "IPv6 address of the gateway in the VPC."},
	{.name = "user_id", .type = GMF_TEXT, .path = "user_id", .only = GMF_GET,
		.description = "ID of the user to whom the instance belongs."},
	{.name = "nat_eip_ipv6_cidr", .type = GMF_TEXT, .path = "nat_eip_ipv6_cidr", .only = GMF_GET,
		.description = "IPv6 range of outbound traffic."},
	{.name = "eip_ipv6_address", .type = GMF_TEXT, .path = "eip_ipv6_address", .only = GMF_GET,
		.description = "Elastic IPv6 address."},
	{.name = "nat_eip_address", .type = GMF_TEXT, .path = "nat_eip_address", .only = GMF_GET,
		.description = "Public IP address of outbound traffic."},
	{.name = "bandwidth_size", .type = GMF_INTEGER, .path = "bandwidth_size", .only = GMF_GET,
		.description = "Bandwidth of outbound public traffic."},
	{.name = "bandwidth_charging_mode", .type = GMF_TEXT, .path = "bandwidth_charging_mode",
		.only = GMF_GET,
		.description = "Billing mode of the outbound public bandwidth."},
	{.name = "available_zone_ids", .type = GMF_TEXT, .path = "available_zone_ids", .only = GMF_GET,
		.description = "Availability zones, as one text."},
	{.name = "instance_version", .type = GMF_TEXT, .path = "instance_version", .only = GMF_GET,
		.description = "Version number of the instance."},
	{.name = "virsubnet_id", .type = GMF_TEXT, .path = "virsubnet_id", .only = GMF_GET,
		.description = "Network ID of the subnet; not used yet."},
	{.name = "roma_eip_address", .type = GMF_TEXT, .path = "roma_eip_address", .only = GMF_GET,
		.description = "Elastic IP address of ROMA; not used yet."},
	{.name = "listeners", .type = GMF_JSONB, .path = "listeners", .only = GMF_GET,
		.description = "Listeners; not used yet."},
	{.name = "supported_features", .type = GMF_TEXT_ARRAY, .path = "supported_features",
		.only = GMF_GET,
		.description = "Features that the instance supports."},
	{.name = "endpoint_service_service_name", .type = GMF_TEXT,
		.path = "endpoint_service.service_name", .only = GMF_GET,
		.description = "Name of the endpoint service."},
	{.name = "endpoint_service_created_at", .type = GMF_TIMESTAMPTZ,
		.path = "endpoint_service.created_at", .only = GMF_GET,
		.description = "When the endpoint service was created."},
	{.name = "endpoint_services", .type = GMF_JSONB, .path = "endpoint_services", .only = GMF_GET,
		.description = "Endpoint services: objects with service_name and created_at."},
	{.name = "node_ips_livedata", .type = GMF_TEXT_ARRAY, .path = "node_ips.livedata",
		.only = GMF_GET,
		.description = "Addresses of the nodes of livedata (custom backends)."},
	{.name = "node_ips_shubao", .type = GMF_TEXT_ARRAY, .path = "node_ips.shubao", .only = GMF_GET,
		.description = "Addresses of the nodes of shubao (the gateway)."},
	{.name = "node_ipv6_ips_livedata", .type = GMF_TEXT_ARRAY, .path = "node_ipv6_ips.livedata",
		.only = GMF_GET,
		.description = "IPv6 addresses of the nodes of livedata."},
	{.name = "node_ipv6_ips_shubao", .type = GMF_TEXT_ARRAY, .path = "node_ipv6_ips.shubao",
		.only = GMF_GET,
		.description = "IPv6 addresses of the nodes of shubao."},
	{.name = "public_ipv6_ips", .type = GMF_TEXT_ARRAY, .path = "public_ipv6_ips", .only = GMF_GET,
		.description = "Outbound public IPv6 addresses of the instance."},
	{.name = "publicips", .type = GMF_JSONB, .path = "publicips", .only = GMF_GET,
		.description = "Public addresses: objects with ip_address, ipv6_address and "
		"bandwidth_size."},
	{.name = "privateips", .type = GMF_JSONB, .path = "privateips", .only = GMF_GET,
		.description = "Private addresses: objects with ip_address, ipv6_address and "
		"bandwidth_size."},
	{.name = "unreliable_ips", .type = GMF_TEXT_ARRAY, .path = "unreliable_ips", .only = GMF_GET,
		.description = "Addresses that should not be used: subdomain names do not resolve to "
		"them."},
	{.name = "enable_fullstack_ipv6", .type = GMF_BOOLEAN, .path = "enable_fullstack_ipv6",
		.only = GMF_GET,
		.description = "Whether IPv6 works in both directions, not only inwards."},
	{.name = "is_releasable", .type = GMF_BOOLEAN, .path = "is_releasable", .only = GMF_GET,
		.description = "Whether the instance can be released."},
	{.name = "ingress_bandwidth_charging_mode", .type = GMF_TEXT,
		.path = "ingress_bandwidth_charging_mode", .only = GMF_GET,
		.description = "Billing mode of the inbound public bandwidth."},
	{0}
};

static const GmfParameter instances_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

/* How instance_name matches is not documented: LOOSE holds under every reading. */
static const GmfParameter instances_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT},
	{.name = "instance_name", .location = GMF_IN_QUERY, .column = "instance_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "Creating|CreateSuccess|CreateFail|Initing|Registering|Running|InitingFailed|"
		"RegisterFailed|Installing|InstallFailed|Updating|UpdateFailed|Rollbacking|"
		"RollbackSuccess|RollbackFailed|Deleting|DeleteFailed|Unregistering|UnRegisterFailed|"
		"CreateTimeout|InitTimeout|RegisterTimeout|InstallTimeout|UpdateTimeout|RollbackTimeout|"
		"DeleteTimeout|UnregisterTimeout|Starting|Freezing|Frozen|Restarting|RestartFail|"
		"Unhealthy|RestartTimeout"},
	{0}
};

static const GmfRoute instances_routes[] = {
	{
		.operation_id = "ShowDetailsOfInstanceV2",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/apigw/instances/{instance_id}",
		.items = "",
		.parameters = instances_get_parameters
	},
	{
		.operation_id = "ListInstancesV2",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/apigw/instances",
		.items = "instances",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 20, 500, 0},
		.parameters = instances_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "apig",
		.name = "instances",
		.section = "Dedicated gateway management",
		.description = "Dedicated gateways; the columns that only the detail call gives are "
		"fetched when they are used.",
		.columns = instances_columns,
		.routes = instances_routes,
		.key = "id",
		.rows = 50
	},
	{0}
};

const GmfChapter gmf_apig_instances = {
	.name = "instances",
	.title = "Dedicated gateways",
	.resources = resources
};
