# 020_rehearsals.pl
#	Whose rehearsal is it?  Who calls a function with SECURITY DEFINER cannot make an action in it do nothing and the
#	function succeed; who sets dry_run for himself, for a function or for a database rehearses.
use strict;
use warnings;

use Test::More;

use GmfTest;

my $gmf = GmfTest->new(emulator => [ '--fleet', 20, '--job-seconds', 0 ]);

$gmf->connect_cloud;
my $key = GmfTest::option_list(\%GmfEmulator::access_key);
my $instance = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");
my $body = "BEGIN PERFORM public.gaussdb_rename_instance('cloud', i, 'offboarded'); RETURN 'done'; END";

$gmf->sql(<<"SQL");
	CREATE ROLE caller LOGIN;
	CREATE ROLE owner LOGIN;
	CREATE ROLE admin LOGIN SUPERUSER;
	GRANT USAGE ON FOREIGN SERVER cloud TO owner, caller;
	GRANT EXECUTE ON FUNCTION gaussdb_rename_instance, gaussdb_mgmt_request TO owner, caller;
	CREATE USER MAPPING FOR owner SERVER cloud $key;
	CREATE USER MAPPING FOR caller SERVER cloud $key;
	CREATE USER MAPPING FOR admin SERVER cloud $key;
	CREATE FUNCTION by_owner(i text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS '${\quoted()}';
	CREATE FUNCTION by_superuser(i text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS '${\quoted()}';
	CREATE FUNCTION by_request(i text) RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
		\$\$ SELECT body_text FROM public.gaussdb_mgmt_request('cloud', 'gaussdb', 'PUT', '/v3/{project_id}/instances/' || i || '/name',
			body => '{"name": "offboarded"}') \$\$;
	CREATE FUNCTION always_real(i text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
		SET gaussdb_mgmt_fdw.dry_run = off AS '${\quoted()}';
	CREATE FUNCTION never_real(i text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
		SET gaussdb_mgmt_fdw.dry_run = on AS '${\quoted()}';
	CREATE FUNCTION as_asked(i text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS \$\$
	BEGIN
		PERFORM set_config('gaussdb_mgmt_fdw.dry_run', coalesce(current_setting('gaussdb_mgmt_fdw.dry_run', true), 'off'), true);
		PERFORM public.gaussdb_rename_instance('cloud', i, 'offboarded');
		RETURN CASE WHEN current_setting('gaussdb_mgmt_fdw.dry_run')::boolean THEN 'rehearsed' ELSE 'done' END;
	END \$\$;
	CREATE FUNCTION by_caller(i text) RETURNS text LANGUAGE plpgsql AS '${\quoted()}';
	ALTER FUNCTION by_owner OWNER TO owner;
	ALTER FUNCTION by_request OWNER TO owner;
	ALTER FUNCTION always_real OWNER TO owner;
	ALTER FUNCTION never_real OWNER TO owner;
	ALTER FUNCTION as_asked OWNER TO owner;
SQL

my $refused = qr/^ERROR:  gaussdb_\w+ is not rehearsed with the rights of another role/m;

# In a session where the library is loaded and in one where it is not yet.
for my $load ('', 'SELECT FROM gaussdb_mgmt_actions(); ')
{
	my $on = "${load}SET gaussdb_mgmt_fdw.dry_run = on; ";

	subtest $load eq '' ? 'the library is not loaded' : 'the library is loaded' => sub {
		for my $function (qw(by_owner by_superuser by_request))
		{
			for my $how ([ $on ], [ "${load}BEGIN; SET LOCAL gaussdb_mgmt_fdw.dry_run = on; " ],
				[ $load, settings => '-c gaussdb_mgmt_fdw.dry_run=on' ])
			{
				my ($set, %options) = @$how;
				my ($out, $err) = ask("${set}SELECT $function('$instance')", user => 'caller', %options);

				like($err, $refused, "$function: the caller's wish is refused: $set" . join(' ', %options));
				is(scalar(puts()), 0, '... and nothing is sent');
			}
			is((ask("${load}SELECT $function('$instance') IS NOT NULL", user => 'caller'))[0], 't', "$function: without it");
			is(scalar(puts()), 1, '... it is carried out');
		}
		like((ask("${on}SELECT by_owner('$instance')", user => 'admin'))[1], $refused, 'a superuser is told, too');
		is((ask("${on}SELECT always_real('$instance')", user => 'caller'))[0], 'done', 'a function that sets it to off');
		is(scalar(puts()), 1, '... is not rehearsed');
		my ($out, $err) = ask("${load}SELECT never_real('$instance')", user => 'caller');
		is($out, 'done', 'a function that sets it to on');
		like($err, qr/^NOTICE:  dry run: /m, '... rehearses');
		is(scalar(puts()), 0, '... always');
		is((ask("${on}SELECT as_asked('$instance')", user => 'caller'))[0], 'rehearsed', 'a function that takes the wish over');
		is(scalar(puts()), 0, '... rehearses');
		is((ask("${load}SELECT as_asked('$instance')", user => 'caller'))[0], 'done', '... when it is asked to');
		is(scalar(puts()), 1, '... only');
		($out, $err) = ask("${on}SELECT by_caller('$instance')", user => 'caller');
		like($err, qr/^NOTICE:  dry run: /m, 'a function with the rights of the caller is rehearsed by him');
		is(scalar(puts()), 0, '... and sends nothing');
		($out, $err) = ask("${on}SELECT by_owner('$instance')", user => 'owner');
		like($err, qr/^NOTICE:  dry run: /m, 'and a function of his own by its owner');
	};
}

subtest 'for a role and for a database' => sub {
	$gmf->sql('ALTER ROLE caller SET gaussdb_mgmt_fdw.dry_run = on', user => 'admin');
	like((ask("SELECT by_owner('$instance')", user => 'caller'))[1], $refused, 'the setting of a role is the role\'s');
	like((ask("SELECT by_superuser('$instance')", user => 'caller'))[1], $refused, '... also to a superuser\'s function');
	$gmf->sql('ALTER ROLE caller RESET gaussdb_mgmt_fdw.dry_run; ALTER DATABASE postgres SET gaussdb_mgmt_fdw.dry_run = on', user => 'admin');
	my ($out, $err) = ask("SELECT by_owner('$instance')", user => 'caller');
	like($err, qr/^NOTICE:  dry run: /m, 'that of a database is for all');
	is(scalar(puts()), 0, '... and nothing is sent');
	$gmf->sql('ALTER DATABASE postgres RESET gaussdb_mgmt_fdw.dry_run', user => 'admin');
};

done_testing;

# -----------------------------------------------------------------------------------------

sub quoted
{
	return $body =~ s/'/''/gr;
}

# (stdout, stderr)
sub ask
{
	my ($sql, %options) = @_;

	$gmf->forget;
	my ($out, $err) = $gmf->try($sql, %options);
	return ($out =~ s/^\s+//r, $err);
}

sub puts
{
	return grep { $_->{method} ne 'GET' } $gmf->requests;
}
