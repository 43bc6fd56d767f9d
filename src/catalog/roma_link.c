/*
 * roma_link.c
 *		Device integration (LINK): products, devices and device groups.
 */
#include "roma.h"

static const GmfColumn products_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "permissions", .type = GMF_TEXT_ARRAY, .path = "permissions",
		.description = "What the caller may do with it."},
	{.name = "id", .type = GMF_BIGINT, .path = "id",
		.description = "Product ID."},
	{.name = "product_serial", .type = GMF_TEXT, .path = "product_serial",
		.description = "Serial of the product, which marks it in MQS topics."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the integration application."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Product name."},
	{.name = "manufacturer_id", .type = GMF_TEXT, .path = "manufacturer_id",
		.description = "ID of the manufacturer."},
	{.name = "manufacturer_name", .type = GMF_TEXT, .path = "manufacturer_name",
		.description = "Name of the manufacturer."},
	{.name = "model", .type = GMF_TEXT, .path = "model",
		.description = "Model."},
	{.name = "product_type", .type = GMF_INTEGER, .path = "product_type", .values = "0 | 1",
		.description = "Kind of product: 0 (ordinary), 1 (gateway)."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the product."},
	{.name = "protocol_type", .type = GMF_INTEGER, .path = "protocol_type", .values = "0 | 2 | 4",
		.description = "Protocol of the product: 0 (MQTT), 2 (Modbus), 4 (OPC UA)."},
	{.name = "device_type", .type = GMF_TEXT, .path = "device_type",
		.description = "Device type of the product."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version of the product."},
	{.name = "created_user_user_id", .type = GMF_TEXT, .path = "created_user.user_id",
		.description = "ID of the user who created it."},
	{.name = "created_user_user_name", .type = GMF_TEXT, .path = "created_user.user_name",
		.description = "Name of the user who created it."},
	{.name = "last_updated_user_user_id", .type = GMF_TEXT, .path = "last_updated_user.user_id",
		.description = "ID of the user who changed it last."},
	{.name = "last_updated_user_user_name", .type = GMF_TEXT,
		.path = "last_updated_user.user_name",
		.description = "Name of the user who changed it last."},
	{.name = "authentication_user_name", .type = GMF_TEXT, .path = "authentication.user_name",
		.description = "User name of the one-key authentication."},
	{.name = "authentication_password", .type = GMF_TEXT, .path = "authentication.password",
		.description = "Password of the one-key authentication: a secret in clear text."},
	{.name = "created_datetime", .type = GMF_TIMESTAMPTZ, .path = "created_datetime",
		.description = "When it was created."},
	{.name = "app_name", .type = GMF_TEXT, .path = "app_name",
		.description = "Name of the integration application."},
	{.name = "data_format", .type = GMF_INTEGER, .path = "data_format", .values = "0 | 1",
		.description = "Data format: 0 (JSON), 1 (USER_DEFINED)."},
	{0}
};

static const GmfParameter products_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "product_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

/* How names match is not documented: LOOSE holds under every reading. */
static const GmfParameter products_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "created_date_start", .location = GMF_IN_QUERY, .column = "created_datetime",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_MILLIS},
	{.name = "created_date_end", .location = GMF_IN_QUERY, .column = "created_datetime",
		.match = GMF_MATCH_TO, .time_form = GMF_TIME_MILLIS},
	{.name = "created_user_name", .location = GMF_IN_QUERY, .column = "created_user_user_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "app_id", .location = GMF_IN_QUERY, .column = "app_id", .match = GMF_MATCH_EXACT},
	{.name = "id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_LOOSE},
	{.name = "manufacturer_id", .location = GMF_IN_QUERY, .column = "manufacturer_id",
		.match = GMF_MATCH_EXACT},
	{.name = "manufacturer_name", .location = GMF_IN_QUERY, .column = "manufacturer_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "model", .location = GMF_IN_QUERY, .column = "model", .match = GMF_MATCH_LOOSE},
	{.name = "device_type", .location = GMF_IN_QUERY, .column = "device_type",
		.match = GMF_MATCH_LOOSE},
	{.name = "product_type", .location = GMF_IN_QUERY, .column = "product_type",
		.match = GMF_MATCH_EXACT, .domain = "0|1"},
	{.name = "protocol_type", .location = GMF_IN_QUERY, .column = "protocol_type",
		.match = GMF_MATCH_EXACT, .domain = "0|2|4"},
	{.name = "app_name", .location = GMF_IN_QUERY, .column = "app_name", .match = GMF_MATCH_LOOSE},
	{.name = "product_serial", .location = GMF_IN_QUERY, .column = "product_serial",
		.match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute products_routes[] = {
	{
		.operation_id = "ShowProduct",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/products/{product_id}",
		.items = "",
		.parameters = products_get_parameters,
		.not_found = "ROMA.00110002"
	},
	{
		.operation_id = "ListProducts",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/products",
		.items = "items",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 999, 0},
		.parameters = products_list_parameters,
		.not_found = "ROMA.00110002"
	},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn product_device_counts_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "product_id", .type = GMF_BIGINT,
		.description = "ID of the product."},
	{.name = "device_count", .type = GMF_BIGINT, .path = "summary",
		.description = "Number of devices of the product."},
	{0}
};

static const GmfParameter product_device_counts_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "product_id", .location = GMF_IN_PATH, .column = "product_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute product_device_counts_routes[] = {
	{
		.operation_id = "ListDevicesInProduct",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/products/{product_id}"
		"/devices-summary",
		.items = "",
		.parameters = product_device_counts_get_parameters,
		.not_found = "ROMA.00110002"
	},
	{0}
};

static const GmfParentKey of_product[] = {
	{"instance_id", "instance_id"},
	{"product_id", "id"},
	{0}
};

/*
 * The addresses are those of the device or, where the list tells them once
 * for all, of the answer.
 */
static const GmfColumn devices_columns[] = {
	{.name = "permissions", .type = GMF_TEXT_ARRAY, .path = "permissions",
		.description = "What the caller may do with it."},
	{.name = "id", .type = GMF_BIGINT, .path = "id",
		.description = "Device ID."},
	{.name = "device_id", .type = GMF_BIGINT, .path = "device_id",
		.description = "Device ID again, for compatibility."},
	{.name = "parent_device_id", .type = GMF_BIGINT, .path = "parent_device_id",
		.description = "ID of the parent device."},
	{.name = "parent_device_name", .type = GMF_TEXT, .path = "parent_device_name",
		.description = "Name of the parent device."},
	{.name = "product_product_id", .type = GMF_BIGINT, .path = "product.product_id",
		.description = "ID of the product."},
	{.name = "product_product_name", .type = GMF_TEXT, .path = "product.product_name",
		.description = "Name of the product."},
	{.name = "product_manufacturer_id", .type = GMF_TEXT, .path = "product.manufacturer_id",
		.description = "ID of the manufacturer."},
	{.name = "product_model", .type = GMF_TEXT, .path = "product.model",
		.description = "Model."},
	{.name = "product_protocol_type", .type = GMF_INTEGER, .path = "product.protocol_type",
		.values = "0 | 1 | 2 | 3 | 4",
		.description = "Protocol of the product: 0 (MQTT), 1 (CoAP), 2 (Modbus), 3 (HTTP), 4 "
		"(OPC UA)."},
	{.name = "product_product_type", .type = GMF_INTEGER, .path = "product.product_type",
		.values = "0 | 1",
		.description = "Kind of product: 0 (ordinary), 1 (gateway)."},
	{.name = "device_name", .type = GMF_TEXT, .path = "device_name",
		.description = "Device name."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "ID of the ROMA Connect instance."},
	{.name = "client_id", .type = GMF_TEXT, .path = "client_id",
		.description = "Client ID, made by the platform."},
	{.name = "node_id", .type = GMF_TEXT, .path = "node_id",
		.description = "Physical number, usually the MAC address or IMEI."},
	{.name = "app_name", .type = GMF_TEXT, .path = "app_name",
		.description = "Name of the integration application."},
	{.name = "status", .type = GMF_INTEGER, .path = "status", .values = "0 | 1",
		.description = "Device status: 0 (enabled), 1 (disabled)."},
	{.name = "online_status", .type = GMF_INTEGER, .path = "online_status", .values = "0 | 1 | 2",
		.description = "Whether it is connected: 0 (not connected), 1 (online), 2 (offline)."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Remarks."},
	{.name = "authentication_user_name", .type = GMF_TEXT, .path = "authentication.user_name",
		.description = "User name of the one-key authentication."},
	{.name = "authentication_password", .type = GMF_TEXT, .path = "authentication.password",
		.description = "Password of the one-key authentication: a secret in clear text."},
	{.name = "created_user_user_id", .type = GMF_TEXT, .path = "created_user.user_id",
		.description = "ID of the user who created it."},
	{.name = "created_user_user_name", .type = GMF_TEXT, .path = "created_user.user_name",
		.description = "Name of the user who created it."},
	{.name = "last_updated_user_user_id", .type = GMF_TEXT, .path = "last_updated_user.user_id",
		.description = "ID of the user who changed it last."},
	{.name = "last_updated_user_user_name", .type = GMF_TEXT,
		.path = "last_updated_user.user_name",
		.description = "Name of the user who changed it last."},
	{.name = "tags", .type = GMF_TEXT_ARRAY, .path = "tags",
		.description = "Tags."},
	{.name = "created_datetime", .type = GMF_TIMESTAMPTZ, .path = "created_datetime",
		.description = "When it was created."},
	{.name = "last_updated_datetime", .type = GMF_TIMESTAMPTZ, .path = "last_updated_datetime",
		.description = "When it was changed last."},
	{.name = "connect_address", .type = GMF_TEXT, .path = "connect_address|$.connect_address",
		.description = "Address for devices."},
	{.name = "ssl_connect_address", .type = GMF_TEXT,
		.path = "ssl_connect_address|$.ssl_connect_address",
		.description = "Address for devices with SSL."},
	{.name = "ipv6_connect_address", .type = GMF_TEXT,
		.path = "ipv6_connect_address|$.ipv6_connect_address",
		.description = "IPv6 address for devices."},
	{.name = "ipv6_ssl_connect_address", .type = GMF_TEXT,
		.path = "ipv6_ssl_connect_address|$.ipv6_ssl_connect_address",
		.description = "IPv6 address for devices with SSL."},
	{.name = "last_login_datetime", .type = GMF_TIMESTAMPTZ, .path = "last_login_datetime",
		.description = "When it logged in last."},
	{.name = "node_type", .type = GMF_INTEGER, .path = "node_type", .values = "0 | 1 | 2",
		.description = "Place in the network: 0 (connected directly), 1 (gateway), 2 "
		"(subdevice)."},
	{.name = "device_type", .type = GMF_INTEGER, .path = "device_type", .values = "0 | 1 | 2",
		.description = "Kind of device: 0 (ordinary), 1 (gateway), 2 (subdevice)."},
	{.name = "client_ip", .type = GMF_TEXT, .path = "client_ip",
		.description = "IP address of the client."},
	{.name = "keep_alive", .type = GMF_TEXT, .path = "keep_alive",
		.description = "Heartbeat time."},
	{.name = "last_active_time", .type = GMF_TIMESTAMPTZ, .path = "last_active_time",
		.description = "When it was active last."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version of the device."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the integration application."},
	{.name = "plugin_id", .type = GMF_INTEGER, .path = "plugin_id", .only = GMF_GET,
		.values = "1 | 2",
		.description = "Plug-in of a Modbus or OPC UA device: 1 (Modbus), 2 (OPC UA)."},
	{.name = "tag", .type = GMF_TEXT, .only = GMF_LIST,
		.description = "Filter only: devices that carry this tag."},
	{0}
};

static const GmfParameter devices_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "device_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

/* How names match is not documented: LOOSE holds under every reading. */
static const GmfParameter devices_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "created_date_start", .location = GMF_IN_QUERY, .column = "created_datetime",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_MILLIS},
	{.name = "created_date_end", .location = GMF_IN_QUERY, .column = "created_datetime",
		.match = GMF_MATCH_TO, .time_form = GMF_TIME_MILLIS},
	{.name = "tag", .location = GMF_IN_QUERY, .column = "tag", .match = GMF_MATCH_EXACT},
	{.name = "online_status", .location = GMF_IN_QUERY, .column = "online_status",
		.match = GMF_MATCH_LOOSE, .domain = "0|1|2"},
	{.name = "app_id", .location = GMF_IN_QUERY, .column = "app_id", .match = GMF_MATCH_EXACT},
	{.name = "product_id", .location = GMF_IN_QUERY, .column = "product_product_id",
		.match = GMF_MATCH_EXACT},
	{.name = "product_name", .location = GMF_IN_QUERY, .column = "product_product_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "device_name", .location = GMF_IN_QUERY, .column = "device_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "client_id", .location = GMF_IN_QUERY, .column = "client_id",
		.match = GMF_MATCH_EXACT},
	{.name = "node_id", .location = GMF_IN_QUERY, .column = "node_id", .match = GMF_MATCH_EXACT},
	{.name = "node_type", .location = GMF_IN_QUERY, .column = "node_type",
		.match = GMF_MATCH_EXACT, .domain = "0|1|2"},
	{0}
};

static const GmfRoute devices_routes[] = {
	{
		.operation_id = "ShowDevice",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/devices/{device_id}",
		.items = "",
		.parameters = devices_get_parameters,
		.not_found = "ROMA.00110002"
	},
	{
		.operation_id = "ListDevices",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/devices",
		.items = "items",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 999, 0},
		.parameters = devices_list_parameters,
		.not_found = "ROMA.00110002"
	},
	{0}
};

static const GmfColumn device_groups_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "app_id", .type = GMF_TEXT,
		.description = "ID of the integration application."},
	{.name = "id", .type = GMF_BIGINT, .path = "id",
		.description = "Group ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Group name."},
	{.name = "parent_id", .type = GMF_BIGINT, .path = "parent_id",
		.description = "ID of the group above."},
	{.name = "children", .type = GMF_JSONB, .path = "children",
		.description = "Subgroups: objects with id, name, parent_id and children."},
	{0}
};

static const GmfParameter device_groups_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "app_id", .location = GMF_IN_QUERY, .column = "app_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute device_groups_routes[] = {
	{
		.operation_id = "ShowDeviceGroupTree",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/device-groups",
		.items = "items",
		.parameters = device_groups_list_parameters,
		.not_found = "ROMA.00110002"
	},
	{0}
};

static const GmfParentKey of_app[] = {
	{"instance_id", "instance_id"},
	{"app_id", "id"},
	{0}
};

static const GmfColumn device_group_details_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "permissions", .type = GMF_TEXT_ARRAY, .path = "permissions",
		.description = "What the caller may do with it."},
	{.name = "parent_id", .type = GMF_BIGINT, .path = "parent_id",
		.description = "ID of the group above."},
	{.name = "id", .type = GMF_BIGINT, .path = "id",
		.description = "Group ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Group name."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the group."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the integration application."},
	{.name = "created_user_user_id", .type = GMF_TEXT, .path = "created_user.user_id",
		.description = "ID of the user who created it."},
	{.name = "created_user_user_name", .type = GMF_TEXT, .path = "created_user.user_name",
		.description = "Name of the user who created it."},
	{.name = "last_updated_user_user_id", .type = GMF_TEXT, .path = "last_updated_user.user_id",
		.description = "ID of the user who changed it last."},
	{.name = "last_updated_user_user_name", .type = GMF_TEXT,
		.path = "last_updated_user.user_name",
		.description = "Name of the user who changed it last."},
	{.name = "created_datetime", .type = GMF_TIMESTAMPTZ, .path = "created_datetime",
		.description = "When it was created."},
	{.name = "last_updated_datetime", .type = GMF_TIMESTAMPTZ, .path = "last_updated_datetime",
		.description = "When it was changed last."},
	{.name = "app_name", .type = GMF_TEXT, .path = "app_name",
		.description = "Name of the integration application."},
	{0}
};

static const GmfParameter device_group_details_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "group_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute device_group_details_routes[] = {
	{
		.operation_id = "ShowDeviceGroup",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/link/instances/{instance_id}/device-groups/{group_id}",
		.items = "",
		.parameters = device_group_details_get_parameters,
		.not_found = "ROMA.00110002"
	},
	{0}
};

static const GmfParentKey of_device_group[] = {
	{"instance_id", "instance_id"},
	{"id", "id"},
	{0}
};

static const GmfArgument delete_product_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "product_id", .type = GMF_BIGINT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the product."},
	{0}
};

static const GmfArgument create_device_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "device_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 2, .max_length = 64,
		.description = "Device name: 2 to 64 characters."},
	{.name = "node_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 2, .max_length = 64,
		.description = "Physical number, usually the MAC address or IMEI: 2 to 64 letters, "
		"digits, underscores and hyphens."},
	{.name = "app_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the integration application."},
	{.name = "parent_device_id", .type = GMF_BIGINT, .location = GMF_IN_BODY,
		.description = "ID of the parent device; makes a subdevice."},
	{.name = "product_product_id", .type = GMF_BIGINT, .location = GMF_IN_BODY,
		.place = "product.product_id",
		.description = "ID of the product. One must be named: by its ID, or by manufacturer and "
		"model."},
	{.name = "product_product_name", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "product.product_name",
		.description = "Name of the product."},
	{.name = "product_manufacturer_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "product.manufacturer_id",
		.description = "ID of the manufacturer; needed without a product ID."},
	{.name = "product_model", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "product.model",
		.description = "Model; needed without a product ID."},
	{.name = "product_protocol_type", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "product.protocol_type", .values = "0|1|2|3|4",
		.description = "Protocol of the product: 0 (MQTT), 1 (CoAP), 2 (Modbus), 3 (HTTP), 4 "
		"(OPC UA)."},
	{.name = "product_product_type", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "product.product_type", .values = "0|1",
		.description = "Kind of product: 0 (ordinary), 1 (gateway)."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .secret = true,
		.min_length = 8, .max_length = 32,
		.description = "Password of the device: 8 to 32 characters with a digit, an uppercase "
		"letter, a lowercase letter and a special character."},
	{.name = "user_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .min_length = 10,
		.max_length = 50,
		.description = "User name of the device: 10 to 50 letters, digits and hyphens."},
	{.name = "status", .type = GMF_INTEGER, .location = GMF_IN_BODY, .values = "0|1",
		.description = "0 (enabled, the default) or 1 (disabled)."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Remarks."},
	{.name = "tags", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY,
		.description = "Tags."},
	{0}
};

static const GmfResult create_device_results[] = {
	{.name = "permissions", .type = GMF_TEXT_ARRAY, .path = "permissions",
		.description = "What the caller may do with it."},
	{.name = "id", .type = GMF_BIGINT, .path = "id",
		.description = "Device ID."},
	{.name = "device_id", .type = GMF_BIGINT, .path = "device_id",
		.description = "Device ID again, for compatibility."},
	{.name = "parent_device_id", .type = GMF_BIGINT, .path = "parent_device_id",
		.description = "ID of the parent device."},
	{.name = "parent_device_name", .type = GMF_TEXT, .path = "parent_device_name",
		.description = "Name of the parent device."},
	{.name = "product_product_id", .type = GMF_BIGINT, .path = "product.product_id",
		.description = "ID of the product."},
	{.name = "product_product_name", .type = GMF_TEXT, .path = "product.product_name",
		.description = "Name of the product."},
	{.name = "product_manufacturer_id", .type = GMF_TEXT, .path = "product.manufacturer_id",
		.description = "ID of the manufacturer."},
	{.name = "product_model", .type = GMF_TEXT, .path = "product.model",
		.description = "Model."},
	{.name = "product_protocol_type", .type = GMF_INTEGER, .path = "product.protocol_type",
		.description = "Protocol of the product: 0 (MQTT), 1 (CoAP), 2 (Modbus), 3 (HTTP), 4 "
		"(OPC UA)."},
	{.name = "product_product_type", .type = GMF_INTEGER, .path = "product.product_type",
		.description = "Kind of product: 0 (ordinary), 1 (gateway)."},
	{.name = "device_name", .type = GMF_TEXT, .path = "device_name",
		.description = "Device name."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "ID of the ROMA Connect instance."},
	{.name = "client_id", .type = GMF_TEXT, .path = "client_id",
		.description = "Client ID, made by the platform."},
	{.name = "node_id", .type = GMF_TEXT, .path = "node_id",
		.description = "Physical number, usually the MAC address or IMEI."},
	{.name = "app_name", .type = GMF_TEXT, .path = "app_name",
		.description = "Name of the integration application."},
	{.name = "status", .type = GMF_INTEGER, .path = "status",
		.description = "Device status: 0 (enabled), 1 (disabled)."},
	{.name = "online_status", .type = GMF_INTEGER, .path = "online_status",
		.description = "Whether it is connected: 0 (not connected), 1 (online), 2 (offline)."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Remarks."},
	{.name = "authentication_user_name", .type = GMF_TEXT, .path = "authentication.user_name",
		.description = "User name of the one-key authentication."},
	{.name = "authentication_password", .type = GMF_TEXT, .path = "authentication.password",
		.description = "Password of the one-key authentication: a secret in clear text."},
	{.name = "created_user_user_id", .type = GMF_TEXT, .path = "created_user.user_id",
		.description = "ID of the user who created it."},
	{.name = "created_user_user_name", .type = GMF_TEXT, .path = "created_user.user_name",
		.description = "Name of the user who created it."},
	{.name = "last_updated_user_user_id", .type = GMF_TEXT, .path = "last_updated_user.user_id",
		.description = "ID of the user who changed it last."},
	{.name = "last_updated_user_user_name", .type = GMF_TEXT,
		.path = "last_updated_user.user_name",
		.description = "Name of the user who changed it last."},
	{.name = "tags", .type = GMF_TEXT_ARRAY, .path = "tags",
		.description = "Tags."},
	{.name = "created_datetime", .type = GMF_TIMESTAMPTZ, .path = "created_datetime",
		.description = "When it was created."},
	{.name = "last_updated_datetime", .type = GMF_TIMESTAMPTZ, .path = "last_updated_datetime",
		.description = "When it was changed last."},
	{.name = "connect_address", .type = GMF_TEXT, .path = "connect_address",
		.description = "Address for devices."},
	{.name = "ssl_connect_address", .type = GMF_TEXT, .path = "ssl_connect_address",
		.description = "Address for devices with SSL."},
	{.name = "ipv6_connect_address", .type = GMF_TEXT, .path = "ipv6_connect_address",
		.description = "IPv6 address for devices."},
	{.name = "ipv6_ssl_connect_address", .type = GMF_TEXT, .path = "ipv6_ssl_connect_address",
		.description = "IPv6 address for devices with SSL."},
	{.name = "node_type", .type = GMF_INTEGER, .path = "node_type",
		.description = "Place in the network: 0 (connected directly), 1 (gateway), 2 "
		"(subdevice)."},
	{.name = "device_type", .type = GMF_INTEGER, .path = "device_type",
		.description = "Kind of device: 0 (ordinary), 1 (gateway), 2 (subdevice)."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the integration application."},
	{0}
};

static const GmfArgument delete_device_group_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "group_id", .type = GMF_BIGINT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the group."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "roma",
		.name = "products",
		.section = "LINK product management",
		.description = "Products of LINK, of which devices are made.",
		.columns = products_columns,
		.routes = products_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id"
	},
	{
		.service = "roma",
		.name = "product_device_counts",
		.section = "LINK product management",
		.description = "Number of devices of a product.",
		.columns = product_device_counts_columns,
		.routes = product_device_counts_routes,
		.parent = "products",
		.parent_keys = of_product
	},
	{
		.service = "roma",
		.name = "devices",
		.section = "LINK device management",
		.description = "Devices of LINK.",
		.columns = devices_columns,
		.routes = devices_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 10000
	},
	{
		.service = "roma",
		.name = "device_groups",
		.section = "LINK device group management",
		.description = "Device groups of an integration application: those at the top, with the "
		"tree below them.",
		.columns = device_groups_columns,
		.routes = device_groups_routes,
		.parent = "apps",
		.parent_keys = of_app,
		.key = "id",
		.rows = 100
	},
	{
		.service = "roma",
		.name = "device_group_details",
		.section = "LINK device group management",
		.description = "A device group with all its details: any group by id, those at the top "
		"otherwise.",
		.columns = device_group_details_columns,
		.routes = device_group_details_routes,
		.parent = "device_groups",
		.parent_keys = of_device_group
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "roma",
		.name = "roma_delete_product",
		.operation_id = "DeleteProduct",
		.section = "LINK product management",
		.method = "DELETE",
		.path = "/v2/{project_id}/link/instances/{instance_id}/products/{product_id}",
		.description = "Deletes a product of LINK.",
		.arguments = delete_product_arguments,
		.destructive = true
	},
	{
		.service = "roma",
		.name = "roma_create_device",
		.operation_id = "CreateDevice",
		.section = "LINK device management",
		.method = "POST",
		.path = "/v2/{project_id}/link/instances/{instance_id}/devices",
		.description = "Creates a device. The product is given by its ID, or by manufacturer ID "
		"and model.",
		.arguments = create_device_arguments,
		.results = create_device_results
	},
	{
		.service = "roma",
		.name = "roma_delete_device_group",
		.operation_id = "DeleteDeviceGroup",
		.section = "LINK device group management",
		.method = "DELETE",
		.path = "/v2/{project_id}/link/instances/{instance_id}/device-groups/{group_id}",
		.description = "Deletes a device group of LINK.",
		.arguments = delete_device_group_arguments,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_roma_link = {
	.name = "link",
	.title = "LINK: products and devices",
	.resources = resources,
	.actions = actions
};
