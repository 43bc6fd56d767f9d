-- Which production instances have no tag "env"?
SELECT i.name
  FROM cloud.instances i
 WHERE i.name LIKE '%-prod-%'
   AND NOT EXISTS (SELECT FROM cloud.instance_tags t WHERE t.instance_id = i.id AND t.key = 'env')
 ORDER BY i.name;

-- Which tags are in use that are not predefined?
SELECT key, value
  FROM cloud.project_tags p
 WHERE NOT EXISTS (SELECT FROM cloud.predefined_tags d WHERE d.key = p.key)
 ORDER BY key;

-- Which values may the predefined tags have?
SELECT key, unnest("values") AS value
  FROM cloud.predefined_tags
 ORDER BY 1, 2;

-- How do all instances get a tag with their owner, as the CMDB knows him?
SELECT t.instance_name, t.instance_id = a.instance_id AS tagged
  FROM cmdb.asset a,
       gaussdb_add_instance_tags('beijing4', a.instance_id,
         jsonb_build_array(jsonb_build_object('key', 'owner', 'value', a.owner))) t
 WHERE a.system = 'billing';

-- How is a tag taken away?
SELECT result
  FROM gaussdb_delete_instance_tag('beijing4', :'tagged_instance', :'tag');
