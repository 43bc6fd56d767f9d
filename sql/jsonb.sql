--
-- jsonb
--
-- An object or an array of an answer becomes jsonb without PostgreSQL's own parser
-- of JSON. Whatever it is, it is the same value, byte by byte, that the parser makes: a column of
-- type json takes the text as it was sent, and the cast goes through the parser.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA sent;
CREATE FOREIGN TABLE sent.as_jsonb (id text, nodes jsonb, raw jsonb)
  SERVER cloud OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE sent.as_json (id text, nodes json, raw json)
  SERVER cloud OPTIONS (resource 'gaussdb.instances');

-- Bytes are compared. How many of all instances are the same?
CREATE VIEW sent.both AS
SELECT id, b.raw, j.raw AS text,
       record_image_eq(ROW(b.raw, b.nodes), ROW(j.raw::jsonb, j.nodes::jsonb)) AS same
  FROM sent.as_jsonb b JOIN sent.as_json j USING (id);
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM sent.both;

-- Items of all kinds, in an answer that is sent as it stands here.
CREATE FUNCTION sent.items(VARIADIC items text[]) RETURNS void LANGUAGE sql
AS $$
  SELECT emu.fault(jsonb_build_object('match', '{"operation_id": "ListInstancesDetails"}'::jsonb,
    'effect', jsonb_build_object('status', 200, 'headers', '{"Content-Type": "application/json"}'::jsonb,
      'body', '{"instances": [' || array_to_string(items, ', ') || ']}')));
$$;
-- Names twice, without a name, of all lengths; blanks wherever they may be.
SELECT FROM sent.items(
  '{"id":"empty","nodes":[]}',
  '{"id":"twice","a":1,"b":{"x":[],"x":{}},"a":[2],"a":3}',
  '{"id":"names","":0,"ccc":1,"bb":2,"a":3,"aa":4,"b":5,"größe":6,"升级":7,"c":8,"cc":9,"aaa":10}',
  E'{ \t"id" :\n"blanks"\r, "nodes" : [ ] , "a" : [ 1 ,\n[ ] , { } ,{ "b" : null } ] , "c":true }',
  '{"id":"words","a":[true,false,null,"true",""," ","null"],"t":true,"f":false,"n":null}',
  '{"id":"utf8","name":"größer als üblich: 升级前 😀","😀":"é"}');
SELECT id, raw, same FROM sent.both ORDER BY id COLLATE "C";

-- Numbers keep all their digits.
SELECT FROM sent.items(
  '{"id":"integers","a":[0,-0,7,-7,2147483648,99999999999999999999999999999999999999]}',
  '{"id":"decimals","a":[0.0,-0.50,1.500,123456789.123456789123456789,0.00000000000000000001]}',
  '{"id":"exponents","a":[1e3,1E-3,-1.5e+10,100e-2,1e0]}',
  '{"id":"long","a":' || repeat('1234567890', 20) || '.5}');
SELECT id, raw->'a' AS a, same FROM sent.both ORDER BY id COLLATE "C";
SELECT FROM sent.items('{"id":"beyond","a":1e1000000}');
SELECT id FROM sent.as_jsonb;
SELECT raw FROM sent.as_jsonb;

-- Escapes anywhere in it.
SELECT FROM sent.items(
  '{"id":"escapes","a":"\"\\\/\b\f\n\r\t","b":"\u00e9\u5347\ud83d\ude00","\u0061\"":[1,{"x\\":"}]"}]}',
  '{"id":"none","a":"}]{[,:","b":["[","]","{\u0027"]}');
SELECT id, raw, same FROM sent.both ORDER BY id COLLATE "C";
SELECT FROM sent.items('{"id":"zero","a":"\u0000"}');
SELECT id FROM sent.as_jsonb;
SELECT raw FROM sent.as_jsonb;

-- Large and deep.
SELECT FROM sent.items(
  '{"id":"deep","a":' || repeat('[{"b":', 90) || '1' || repeat('}]', 90) || '}',
  '{"id":"large","a":"' || repeat('x', 50000) || '","b":[' || repeat('"y",', 3000) || '"z"]}',
  '{"id":"wide"' || (SELECT string_agg(format(',"name %s":%s', n, n), '') FROM generate_series(1, 1500) n) || '}');
SELECT id, length(raw::text), same FROM sent.both ORDER BY id COLLATE "C";

SELECT FROM emu.no_faults();
SET client_min_messages = warning;
DROP SCHEMA sent CASCADE;
