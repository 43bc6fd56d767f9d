-- How many connections does each production instance allow?
SELECT i.name, p.value::integer AS max_connections
  FROM cloud.instances i
  JOIN cloud.parameters p ON p.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND p.name = 'max_connections'
 ORDER BY max_connections DESC;

-- In which parameters do these two instances differ?
SELECT name, a.value AS one, b.value AS other
  FROM cloud.parameters a
  JOIN cloud.parameters b USING (name)
 WHERE a.instance_id = :'instance' AND b.instance_id = :'other_instance'
   AND a.value <> b.value
 ORDER BY name;

-- Which parameter templates are our own?
SELECT name, datastore_version, ha_mode, updated
  FROM cloud.parameter_templates
 WHERE user_defined
 ORDER BY name
 LIMIT 5;

-- Which parameters of this template need a restart?
SELECT name, value, value_range
  FROM cloud.template_parameters
 WHERE config_id = :'template' AND need_restart
 ORDER BY name;

-- In what does this template differ from the one of another system?
SELECT name, source_value, target_value
  FROM cloud.template_differences
 WHERE source_id = :'template'
   AND target_id = (SELECT id FROM cloud.parameter_templates WHERE name = 'crm.template_2')
 ORDER BY name;

-- To which instances could this template be applied?
SELECT instance_name
  FROM cloud.template_applicable_instances
 WHERE config_id = :'template'
 ORDER BY instance_name;

-- Where did applying a template fail?
SELECT t.name, h.instance_name, h.applied_at, h.error_code
  FROM cloud.template_applied_histories h
  JOIN cloud.parameter_templates t ON t.id = h.config_id
 WHERE h.apply_result <> 'SUCCESS'
 ORDER BY h.applied_at DESC
 LIMIT 5;

-- Who changed what in the templates lately?
SELECT t.name, h.parameter_name, h.old_value, h.new_value, h.updated_at
  FROM cloud.template_histories h
  JOIN cloud.parameter_templates t ON t.id = h.config_id
 WHERE t.user_defined
 ORDER BY h.updated_at DESC
 LIMIT 5;

-- How are parameters of an instance changed, and must it be restarted?
SELECT restart_required
  FROM gaussdb_set_parameters('beijing4', :'instance',
         '{"max_connections": "2000", "audit_system_object": "12303"}');

-- How is a template made with values of one's own?
SELECT name, created_at
  FROM gaussdb_create_parameter_template('beijing4', name => 'billing-next',
         datastore_engine_version => '8.102', datastore_instance_mode => 'ha',
         parameter_values => '{"max_connections": "1500"}');

-- How is a template deleted?
SELECT gaussdb_delete_parameter_template('beijing4', :'template');

-- How is a template copied before it is changed?
SELECT gaussdb_copy_parameter_template('beijing4', :'template', 'erp-before-change', 'as of the release');

-- How is a template set back to the defaults?
SELECT gaussdb_reset_parameter_template('beijing4', :'template');

-- Is this name of a template taken?
SELECT gaussdb_check_parameter_template_name('beijing4', 'erp.template_0') AS taken;

-- How is a template applied to all instances of a system that it fits?
SELECT gaussdb_apply_parameter_template('beijing4', :'template', array_agg(t.instance_id)) AS job_id
  FROM cloud.template_applicable_instances t
  JOIN cmdb.asset a ON a.instance_id = t.instance_id
 WHERE t.config_id = :'template' AND a.owner = 'ada';
