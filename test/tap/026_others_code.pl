# 026_others_code.pl
#	Code of others: what the views of views/ are made of, and what the manual says of PostgreSQL's own
#	rules, which hold here as anywhere.
use strict;
use warnings;

use Test::More;

use GmfTest;

my $gmf = GmfTest->new(emulator => [ '--fleet', 5, '--job-seconds', 0 ]);

$gmf->connect_cloud;
$gmf->sql('CREATE ROLE other LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE unmapped LOGIN; '
	. 'GRANT CREATE ON SCHEMA public TO other; CREATE SCHEMA o AUTHORIZATION other; GRANT USAGE ON SCHEMA o, cloud TO PUBLIC; '
	. 'GRANT SELECT ON ALL TABLES IN SCHEMA cloud TO PUBLIC; GRANT USAGE ON FOREIGN SERVER cloud TO other');
$gmf->sql('CREATE USER MAPPING FOR reader SERVER cloud ' . GmfTest::option_list(\%GmfEmulator::access_key));

subtest 'views of views/' => sub {
	# Better matches than what PostgreSQL has, in a schema of the administrator's path.
	$gmf->sql(<<'SQL', user => 'other');
		CREATE FUNCTION public.cardinality(text[]) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'code of other'; END $$;
		CREATE FUNCTION public.mul(int, double precision) RETURNS double precision LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'code of other'; END $$;
		CREATE OPERATOR public.* (LEFTARG = int, RIGHTARG = double precision, FUNCTION = public.mul);
		CREATE FUNCTION public.quote_nullable(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'code of other'; END $$;
SQL
	my $views = "$GmfEmulator::source/views";

	for my $file ([ 'gaussdb_daily.sql', '' ], [ 'cloud_inventory.sql', "\\set server cloud\n" ])
	{
		my ($out, $err, $status) = $gmf->try("$file->[1]\\i $views/$file->[0]\nSHOW search_path");

		is($status, 0, "$file->[0] is run") or diag $err;
		like($out, qr/public/, '... and leaves the path as it was');
	}
	is($gmf->sql(q(SELECT count(*) FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
		JOIN pg_class v ON v.oid = r.ev_class JOIN pg_namespace n ON n.oid = v.relnamespace AND n.nspname IN ('daily', 'inventory')
		LEFT JOIN pg_proc f ON d.refclassid = 'pg_proc'::regclass AND f.oid = d.refobjid
		LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
		WHERE 'public'::regnamespace IN (f.pronamespace, o.oprnamespace))), 0, 'nothing of public is in them');
	for my $view (split /\n/, $gmf->sql("SELECT format('%I.%I', schemaname, viewname) FROM pg_views WHERE schemaname IN ('daily', 'inventory')"))
	{
		unlike(($gmf->try("SELECT count(*) FROM (SELECT * FROM $view LIMIT 3) v"))[1], qr/code of other/, $view);
	}
};

# What doc/security.md says under "Code of others": if it changes, so must the manual.
subtest 'the rules of PostgreSQL' => sub {
	$gmf->sql(<<'SQL', user => 'other');
		CREATE FUNCTION o.f(t text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'runs as %', current_user; RETURN true; END $$;
		CREATE DOMAIN o.d AS text CHECK (o.f(VALUE));
		CREATE FOREIGN TABLE o.trap (id o.d) SERVER cloud OPTIONS (resource 'gaussdb.instances');
		CREATE VIEW o.seen AS SELECT o.f('x') AS ok;
		GRANT SELECT ON o.trap, o.seen TO PUBLIC;
SQL
	like(($gmf->try('SELECT id FROM o.trap', user => 'reader'))[1], qr/runs as reader/, 'the CHECK of a domain runs as the reader');
	like(($gmf->try('SELECT * FROM o.seen', user => 'reader'))[1], qr/runs as reader/, '... and so does a function in a view');
	unlike(($gmf->try('SELECT count(*) FROM o.trap', user => 'reader'))[1], qr/runs as/, '... where the column is used');

	$gmf->sql('ANALYZE cloud.instances');
	like($gmf->error('SELECT name FROM cloud.instances', user => 'unmapped'), qr/user mapping not found/, 'who has no mapping reads nothing');
	my $statistics = "SELECT count(*) FROM pg_stats WHERE schemaname = 'cloud' AND tablename = 'instances' "
		. 'AND coalesce(histogram_bounds::text, most_common_vals::text) IS NOT NULL';
	isnt($gmf->sql($statistics, user => 'unmapped'), 0, '... but values in the statistics of a table that was analysed');
	$gmf->sql('REVOKE SELECT ON cloud.instances FROM PUBLIC');
	is($gmf->sql($statistics, user => 'unmapped'), 0, '... unless SELECT is revoked');
	$gmf->sql('GRANT SELECT ON cloud.instances TO PUBLIC; ALTER FOREIGN TABLE cloud.instances '
		. join(', ', map { "ALTER $_ SET STATISTICS 0" } split /\n/, $gmf->sql("SELECT quote_ident(attname) FROM pg_attribute "
			. "WHERE attrelid = 'cloud.instances'::regclass AND attnum > 0")) . '; ANALYZE cloud.instances; DELETE FROM pg_statistic '
		. "WHERE starelid = 'cloud.instances'::regclass");
	is($gmf->sql($statistics, user => 'unmapped'), 0, '... or the columns have none');
	is($gmf->sql("SELECT reltuples FROM pg_class WHERE oid = 'cloud.instances'::regclass"), 5, '... while the number of rows is known');
};

done_testing;
