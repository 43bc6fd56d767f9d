-- Which are the largest databases of all instances?
SELECT i.name, d.name AS database, pg_size_pretty(d.size::bigint) AS size
  FROM cloud.databases d
  JOIN cloud.instances i ON i.id = d.instance_id
 ORDER BY d.size DESC
 LIMIT 5;

-- Which databases are not in UTF-8?
SELECT i.name, d.name AS database, d.character_set
  FROM cloud.instances i
  JOIN cloud.databases d ON d.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND d.character_set <> 'UTF8'
 ORDER BY 1, 2
 LIMIT 5;

-- Which database users of production may log in and create databases or roles?
SELECT i.name, u.name AS "user", u.attributes_rolcreatedb, u.attributes_rolcreaterole
  FROM cloud.instances i
  JOIN cloud.database_users u ON u.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND u.attributes_rolcanlogin
   AND (u.attributes_rolcreatedb OR u.attributes_rolcreaterole)
 ORDER BY 1, 2
 LIMIT 5;

-- Which schemas are in this database, and who owns them?
SELECT schema_name, owner
  FROM cloud.schemas
 WHERE instance_id = :'instance' AND db_name = :'database'
 ORDER BY schema_name;

-- How is a database created?
SELECT gaussdb_create_database('beijing4', :'instance', name => 'ledger', character_set => 'UTF8',
         owner => 'root', template => 'template0', lc_collate => 'C', lc_ctype => 'C');

-- How is a user created with a password from a setting?
SET manual.password = 'Manual-2030!';
SELECT gaussdb_create_database_user('beijing4', :'instance', 'ledger_app', 'setting:manual.password');

-- How is a schema created for a user?
SELECT gaussdb_create_schemas('beijing4', :'instance', :'database',
         jsonb_build_array(jsonb_build_object('name', 'ledger', 'owner', :'database_user')));

-- How may a user read a schema?
SELECT gaussdb_grant_privileges('beijing4', instance_id, db_name,
         jsonb_build_array(jsonb_build_object('name', :'database_user', 'readonly', true, 'schema_name', schema_name)))
  FROM cloud.schemas
 WHERE instance_id = :'instance' AND db_name = :'database' AND schema_name <> 'public'
 LIMIT 1;

-- How is the password of a database user reset?
SET manual.password = 'Manual-2031!';
SELECT gaussdb_reset_database_user_password('beijing4', :'instance', :'database_user', 'setting:manual.password');
