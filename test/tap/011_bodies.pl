# 011_bodies.pl
#	Every example of a request body in the contracts comes out of a function, told by
#	dry_run and received by the service; every function is called once for real, and returns
#	what the service answered and what the contract's examples of answers say.
#
# test/contract/bodies.py turns the examples into calls, results.py reads the answers.
use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);

use GmfTest;
use GmfContract;

my $mask = '***';
my $gmf = GmfTest->new(emulator => [ '--fleet', 40, '--job-seconds', 0, '--compress', 'off' ]);
my $contract = GmfContract->new($gmf);
my $project = $GmfEmulator::project{'cn-north-4'};
my $directory = tempdir(CLEANUP => 1);
my $tee = start_tee();

$gmf->connect_cloud(services => [], options => { max_retries => 0 });
$gmf->connect_cloud(server => 'tee', services => [],
	options => { max_retries => 0, endpoint => "http://127.0.0.1:$tee->{port}" });
$contract->import_all('cloud');

my $session = $gmf->session;
my $actions = { map { %{ $_->{actions} } } values %{ $contract->catalog } };
my $bodies = $contract->helper('bodies.py');

is_deeply([ map { s/:.*//r } @{ $bodies->{unserved} } ],
	[ ('iam.KeystoneCreateUserTokenByPassword') x 2 ], 'only tokens are asked for by the session itself');
for my $case (@{ $bodies->{cases} })
{
	subtest $case->{title} => sub { eval { makes_body($case); 1 } or fail($@) };
}
subtest 'bodies of tables' => \&bodies_of_tables;

my %good = good_arguments();

is_deeply([ sort keys %good ], [ sort keys %$actions ], 'there are good arguments for every function');
is($session->query('SELECT string_agg(function_name, \' \' ORDER BY function_name COLLATE "C") '
	. 'FROM gaussdb_mgmt_actions()'), join(' ', sort keys %$actions), 'which gaussdb_mgmt_actions() lists');
subtest 'every function, once' => \&every_function;
subtest 'every example of an answer' => \&every_answer;
undef $tee;
done_testing;

# --- bodies --------------------------------------------------------------------------

sub makes_body
{
	my ($case) = @_;

	return fail('no function has an argument for each of its members') if $case->{unmade};
	my %arguments = %{ $case->{arguments} };
	my $wanted = $contract->decode($case->{body});

	note "the example contradicts its document: $case->{marks}" if $case->{marks};
	note 'through extra: ' . join ', ', @{ $case->{extra} } if @{ $case->{extra} };
	for my $name (@{ $case->{missing} })
	{
		like(refusal($case, %arguments, $name => 'NULL'), qr/argument "$name" of $case->{function} must not be NULL/,
			"$name, which the example leaves out, is mandatory");
		like($case->{marks}, qr/\Q$case->{places}{$name}\E|true/, 'so the mark says');
		$arguments{$name} = "'contract.flavor'";
		$wanted->{ $case->{places}{$name} } = 'contract.flavor';
	}
	my ($name) = refusal($case, %arguments) =~ /^ERROR:  argument "(\w+)" of $case->{function} /m;

	if (defined $name)
	{
		like($case->{marks} // 'none', qr/\Q$case->{places}{$name}\E/, "$name is refused, and the mark says why");
		return;
	}
	is_told($case, \%arguments, $wanted) unless $actions->{ $case->{function} }{reads_only};
	$gmf->forget;
	$session->try(call($case->{function}, 'cloud', \%arguments));
	my @requests = $gmf->requests;

	is(scalar @requests, 1, 'one request is sent') or return;
	is("$requests[0]{method} $requests[0]{path}", "$case->{method} "
		. ($case->{path} =~ s/\{project_id\}/$project/r), '... there');
	is(one_form($requests[0]{body}, $case->{marks}), one_form($wanted, $case->{marks}), '... with this body');
	is_deeply([ grep { !is_in_marks($_, $case->{marks}) } @{ $requests[0]{violations} } ], [],
		'... which the contract allows');
}

# Does the mark of an example name the member that its violation of the contract is about?
sub is_in_marks
{
	my ($violation, $marks) = @_;
	return defined $marks && $violation =~ /'(\w+)' is a required property/ && $marks =~ /\b$1 is missing/;
}

# A function that only asks is carried out all the same: it tells nothing.
sub is_told
{
	my ($case, $arguments, $wanted) = @_;
	my (undef, $told) = $session->try(call($case->{function}, 'cloud', $arguments, dry_run => 1));
	my ($method, $path, $body) = $told =~ /^DETAIL:  The request would be: (\S+) (\S+)(?: (.*))?$/m;

	is("$method $path", "$case->{method} $case->{path}", 'dry_run tells method and path');
	is(one_form($contract->answer($body // ''), $case->{marks}, $case->{secrets}),
		one_form($wanted, $case->{marks}, $case->{secrets}), '... and the body, passwords masked');
}

# What a dry run says where it is an error, or ''.
sub refusal
{
	my ($case, %arguments) = @_;
	my (undef, $error) = $session->try(call($case->{function}, 'cloud', \%arguments, dry_run => 1));
	return $error =~ /^ERROR/m ? $error : '';
}

sub call
{
	my ($function, $server, $arguments, %options) = @_;
	my $list = join ', ', "'$server'", map { "\"$_\" => $arguments->{$_}" } sort keys %$arguments;

	return ($options{dry_run} ? 'SET gaussdb_mgmt_fdw.dry_run = on; ' : 'RESET gaussdb_mgmt_fdw.dry_run; ')
		. "SELECT * FROM $function($list)";
}

# A body as text. Where the example contradicts its document, "1" is 1; secrets are masked.
sub one_form
{
	my ($body, $lenient, $secrets) = @_;
	my $copy = $contract->decode($contract->encode($body));

	masked($copy, split /\./, $_) for @{ $secrets // [] };
	$copy = as_texts($copy) if $lenient;
	return $contract->encode($copy);
}

sub masked
{
	my ($body, $name, @rest) = @_;

	return unless ref $body eq 'HASH' && exists $body->{$name};
	return masked($body->{$name}, @rest) if @rest;
	$body->{$name} = $mask;
}

sub as_texts
{
	my ($value) = @_;

	return { map { $_ => as_texts($value->{$_}) } keys %$value } if ref $value eq 'HASH';
	return [ map { as_texts($_) } @$value ] if ref $value eq 'ARRAY';
	return ref $value ? ($value ? 'true' : 'false') : defined $value ? "$value" : undef;
}

# Lists that are asked with a body.
sub bodies_of_tables
{
	my %queries = (
		'gaussdb.ListConfigurationsDiff' => 'SELECT * FROM gaussdb.template_differences WHERE '
			. "source_id = '{source_id}' AND target_id = '{target_id}'",
		'gaussdb.ListPdbs' => "SELECT * FROM gaussdb.tenants WHERE id = '{id}' AND name = '{name}' AND "
			. "instance_id = 'c62a83e38c5a4d6f9ab1d1bc2b0e3e1cin14'",
		'drs.BatchListJobDetails' => "SELECT * FROM drs.job_details_v3 WHERE id = ANY('{{jobs}}')");
	# Positions are the executor's choice: 012_paging looks at them.
	my @position = qw(offset limit page_req);

	for my $example (@{ $bodies->{tables} })
	{
		my $body = $contract->decode($example->{body});
		my $query = $queries{ $example->{operation} };

		delete @{$body}{@position};
		$query =~ s/\{(\w+)\}/ref $body->{$1} ? join ',', @{ $body->{$1} } : $body->{$1}/ge;
		$gmf->forget;
		$session->try($query);
		my ($request) = $gmf->requests;
		my %sent = %{ $request->{body} // {} };

		delete @sent{@position};
		$_->{jobs} && @{ $_->{jobs} = [ sort @{ $_->{jobs} } ] } for \%sent, $body;
		is($contract->encode(\%sent), $contract->encode($body), "$example->{operation}: $example->{example}");
		is_deeply($request->{violations}, [], '... which the contract allows');
	}
}

# --- functions -----------------------------------------------------------------------

sub every_function
{
	my (@called, @got);

	for my $name (order_of_functions())
	{
		my $action = $actions->{$name};
		my $mark = -s $tee->{log};

		$gmf->forget;
		my ($rows, $error) = returned($name, $good{$name}, 'tee');
		my @requests = $gmf->requests;

		is($error, '', $name) or next;
		is_deeply([ map { $_->{operation_id} } @requests ], [ $action->{operation_id} ], '... asks this once');
		is_deeply([ map { @{ $_->{violations} } } @requests ], [], '... as the contract has it');
		is($gmf->performed->{ $action->{operation_id} } // 0, $action->{reads_only} ? 0 : 1, '... carries it out');
		push @called, { function => $name, answer => answered($mark) };
		push @got, $rows;
	}
	my $file = "$directory/answers";
	open my $handle, '>:raw', $file or die "$file: $!";
	print $handle JSON::PP->new->encode(\@called);
	close $handle;
	my $wanted = $contract->helper('results.py', $file);

	for my $number (grep { has_results($called[$_]{function}) } 0 .. $#called)
	{
		is(rows_in_one_form($got[$number], $wanted->[$number]),
			rows_in_one_form($wanted->[$number], $wanted->[$number]), "$called[$number]{function}: what was answered");
		cmp_ok(scalar(grep { defined } map { @$_ } @{ $wanted->[$number] }), '>', 0, '... which is something');
	}
}

# Examples of answers are served as they stand, whatever is asked.
sub every_answer
{
	for my $case (@{ $contract->helper('examples.py')->{actions} })
	{
		$gmf->emulator->admin('POST', 'serve-example',
			{ operation_id => $case->{operation}, example => $case->{example} });
		my ($rows, $error) = returned($case->{function}, $good{ $case->{function} }, 'cloud');

		is($error, '', $case->{title});
		is(rows_in_one_form($rows, $case->{rows}), rows_in_one_form($case->{rows}, $case->{rows}), '... its values')
			if has_results($case->{function});
	}
}

sub has_results { return @{ $actions->{ $_[0] }{results} } > 0 }

# (rows, error) of a call
sub returned
{
	my ($function, $arguments, $server) = @_;
	my @results = @{ $actions->{$function}{results} };
	my $call = "$function('$server'" . ($arguments eq '' ? '' : ", $arguments") . ')';
	my $alias = @results == 1 ? $results[0]{name} : 'r';
	my $sql = @results ? 'SELECT json_agg(ARRAY[' . join(', ', map { shown($_) } @results)
		. "]) FROM $call AS \"$alias\"" : "SELECT $call";
	my ($out, $error) = $session->try("RESET gaussdb_mgmt_fdw.dry_run; $sql");

	return (@results && $error eq '' ? $contract->answer($out) // [] : [], $error);
}

sub shown
{
	my ($result) = @_;
	my $name = "\"$result->{name}\"";

	return "((extract(epoch FROM $name) * 1000000)::bigint)::text"
		if $result->{type} eq 'timestamp with time zone';
	return $result->{type} =~ /\[\]$/ ? "to_json($name)::text" : "$name\::text";
}

sub rows_in_one_form
{
	my ($rows, $wanted) = @_;
	my @shown;

	for my $row (0 .. $#$rows)
	{
		push @shown, join ' | ', map { $contract->in_one_form($rows->[$row][$_], $wanted->[$row][$_]) // 'NULL' }
			0 .. $#{ $rows->[$row] };
	}
	return join "\n", @shown;
}

# Functions that take something away come last, in the order of their names otherwise.
sub order_of_functions
{
	my %late = map { $_ => 1 } qw(gaussdb_delete_tenant gaussdb_delete_instance gaussdb_delete_job
		gaussdb_delete_parameter_template gaussdb_unbind_public_ip dws_delete_cluster dws_delete_snapshot);
	return sort { ($late{$a} // 0) <=> ($late{$b} // 0) || $a cmp $b } keys %$actions;
}

# The arguments of every function, behind the server.
sub good_arguments
{
	my %live = live_values();
	my $text = arguments_text();
	my %found;

	for my $line (split /\n(?=\w)/, $text)
	{
		my ($name, $arguments) = $line =~ /^(\w+)\s*(.*)$/s;
		$arguments =~ s/\{(\w+)\}/$live{$1} \/\/ die "$name: there is no $1"/ge;
		$arguments =~ s/\s+/ /g;
		$found{$name} = $arguments;
	}
	return %found;
}

# Something that is there, for each word in braces.
sub live_values
{
	my $active = "SELECT id FROM gaussdb.instances WHERE status = 'ACTIVE' AND type";
	my $tenant = "FROM gaussdb.tenants WHERE NOT is_cdb AND status = 'normal'";
	my %query = (
		instance => "$active = 'Enterprise' ORDER BY name LIMIT 1",
		doomed => "$active = 'Enterprise' ORDER BY name DESC LIMIT 1",
		single => "$active <> 'Enterprise' ORDER BY flavor_info_mem, name LIMIT 1",
		tenant_instance => "SELECT instance_id $tenant ORDER BY id LIMIT 1",
		cluster => "SELECT id FROM dws.clusters WHERE status = 'AVAILABLE' AND task_status IS NULL ORDER BY id LIMIT 1",
		doomed_cluster => "SELECT id FROM dws.clusters WHERE status = 'AVAILABLE' AND task_status IS NULL "
			. 'ORDER BY id DESC LIMIT 1',
		snapshot => "SELECT id FROM dws.snapshots WHERE status = 'AVAILABLE' ORDER BY id LIMIT 1",
		doomed_snapshot => "SELECT id FROM dws.snapshots WHERE status = 'AVAILABLE' AND type = 'MANUAL' "
			. 'ORDER BY id DESC LIMIT 1',
		job => "SELECT job_id FROM gaussdb.tasks WHERE status = 'Completed' LIMIT 1",
		template => "SELECT id FROM gaussdb.parameter_templates WHERE user_defined ORDER BY id LIMIT 1",
		doomed_template => "SELECT id FROM gaussdb.parameter_templates WHERE user_defined ORDER BY id DESC LIMIT 1",
		backup => "SELECT id FROM gaussdb.backups WHERE type = 'auto' AND status = 'COMPLETED' LIMIT 1",
		doomed_backup => "SELECT id FROM gaussdb.backups WHERE type = 'manual' AND status = 'COMPLETED' LIMIT 1",
		drs_job => "SELECT id FROM drs.jobs WHERE status = 'CONFIGURATION' LIMIT 1",
		batch => "SELECT async_job_id FROM drs.async_jobs WHERE status = 'AUTO_PARAM_VALIDATE_SUCCESS' LIMIT 1",
		roma => "SELECT id FROM roma.instances WHERE status = 'RUNNING' ORDER BY id LIMIT 1",
		eip_id => "SELECT '3f9a1f0e-2b6c-4d0a-9a34-0d6b8a1c7e55'");
	my %live = map { $_ => $session->query($query{$_}) } keys %query;
	my $of = "instance_id = '$live{instance}'";
	my %second = (
		node => "SELECT id FROM gaussdb.nodes WHERE $of ORDER BY name LIMIT 1",
		slave => "SELECT jsonb_build_array(jsonb_build_object('node_id', node_id, 'component_id', id)) "
			. "FROM gaussdb.components WHERE $of AND id LIKE 'dn%' AND role = 'slave' LIMIT 1",
		flavor => "SELECT flavor_ref FROM gaussdb.instances WHERE id = '$live{instance}'",
		larger => "SELECT spec_code FROM gaussdb.available_flavors f JOIN gaussdb.instances i ON i.id = f.instance_id "
			. "WHERE i.id = '$live{single}' AND f.ram > i.flavor_info_mem ORDER BY f.ram LIMIT 1",
		largest => "SELECT spec_code FROM gaussdb.available_flavors WHERE instance_id = '$live{single}' "
			. 'ORDER BY ram DESC LIMIT 1',
		database => "SELECT name FROM gaussdb.databases WHERE $of AND name <> 'postgres' LIMIT 1",
		database_user => "SELECT name FROM gaussdb.database_users WHERE $of AND name <> 'root' LIMIT 1",
		version => "SELECT upgrade_candidate_versions[1] FROM gaussdb.upgrade_candidates WHERE $of",
		tenant => "SELECT id $tenant AND instance_id = '$live{tenant_instance}' ORDER BY id LIMIT 1",
		tenant_template => "SELECT id FROM gaussdb.tenant_templates WHERE instance_id = '$live{tenant_instance}' LIMIT 1",
		tag => "SELECT instance_id FROM gaussdb.instance_tags LIMIT 1",
		batch_job => "SELECT id FROM drs.async_job_details WHERE async_job_id = '$live{batch}' LIMIT 1",
		roma_app => "SELECT id FROM roma.apps WHERE instance_id = '$live{roma}' LIMIT 1",
		dictionary => "SELECT id FROM roma.dictionaries WHERE instance_id = '$live{roma}' LIMIT 1",
		product => "SELECT id FROM roma.products WHERE instance_id = '$live{roma}' LIMIT 1",
		datasource => "SELECT datasource_id FROM roma.fdi_datasources WHERE instance_id = '$live{roma}' LIMIT 1");

	%live = (%live, map { $_ => $session->query($second{$_}) } keys %second);
	# The first request for slow logs is answered with an empty list.
	$session->query("SELECT gaussdb_create_slow_log_download('cloud', '$live{instance}')");
	$live{schema} = $session->query("SELECT schema_name FROM gaussdb.schemas WHERE $of "
		. "AND db_name = '$live{database}' AND schema_name <> 'public' LIMIT 1");
	$live{tag_key} = $session->query("SELECT key FROM gaussdb.instance_tags WHERE instance_id = '$live{tag}' LIMIT 1");
	$live{tenant_user} = $session->query('SELECT name FROM gaussdb.tenant_users WHERE '
		. "instance_id = '$live{tenant_instance}' AND pdb_id = '$live{tenant}' AND name <> 'root' LIMIT 1");
	$live{group} = $session->query('SELECT id FROM roma.device_groups WHERE '
		. "instance_id = '$live{roma}' AND app_id = '$live{roma_app}' LIMIT 1");
	($live{api}, $live{env}, $live{plugin}) = split /\|/, $session->query(
		"SELECT api_id, env_id, plugin_id FROM roma.api_plugins WHERE instance_id = '$live{roma}' LIMIT 1");
	($live{bound}, $live{bound_node}, $live{bound_ip}, $live{bound_id}) = split /\|/, $session->query(
		'SELECT i.id, n.id, p.public_ip_address, p.public_ip_id FROM gaussdb.public_ips p '
		. 'JOIN gaussdb.instances i ON i.id = p.instance_id JOIN gaussdb.nodes n ON n.instance_id = i.id '
		. "AND n.private_ip = p.private_ip_address WHERE i.status = 'ACTIVE' LIMIT 1");
	my ($task) = grep { $_->{operation} eq 'BatchCreateJobsAsync' } @{ $bodies->{cases} };

	$live{task} = $contract->encode($contract->decode($task->{body})->{jobs}[0]);
	return %live;
}

sub arguments_text
{
	return <<'END';
gaussdb_create_instance 'contract-one', 'Contract-2030!', '{flavor}', 'ULTRAHIGH', 480, 'cn-north-4',
	'az1xahz,az1xahz,az1xahz', '490a4a08-ef4b-44c5-94be-3051ef9e4fce', '0e2eda62-1d42-4d64-a9d1-4e9aa9cd994f',
	'centralization_standard', 'strong', solution => 'triset', replica_num => 3
gaussdb_add_coordinators '{instance}', ARRAY['az1xahz', 'az2xahz']
gaussdb_add_shards '{instance}', 2
gaussdb_enlarge_volume '{instance}', 4800
gaussdb_delete_instance '{doomed}'
gaussdb_reset_password '{instance}', 'Contract-2030!'
gaussdb_rename_instance '{instance}', 'contract-main'
gaussdb_restart_instance '{instance}'
gaussdb_switch_shards '{instance}', '{slave}'
gaussdb_resize_instance '{single}', '{larger}'
gaussdb_check_weak_password 'Password_123'
gaussdb_bind_public_ip '{instance}', '{node}', '10.154.0.7', '{eip_id}'
gaussdb_unbind_public_ip '{bound}', '{bound_node}', '{bound_ip}', '{bound_id}'
gaussdb_start_instance '{instance}', ARRAY['{node}']
gaussdb_stop_instance '{instance}', ARRAY['{node}']
gaussdb_switch_logger_replica '{instance}', 'az3xahz'
gaussdb_switch_replica '{instance}'
gaussdb_set_features '{instance}', '{"ilm": "on"}'
gaussdb_set_parameters '{instance}', '{"max_connections": "2000"}'
gaussdb_create_parameter_template 'contract-template', '8.102', 'ha', 'made by a test', '{"max_connections": "1500"}'
gaussdb_delete_parameter_template '{doomed_template}'
gaussdb_copy_parameter_template '{template}', 'contract-copy', 'of a template'
gaussdb_reset_parameter_template '{template}'
gaussdb_check_parameter_template_name 'contract-new'
gaussdb_apply_parameter_template '{template}', ARRAY['{instance}']
gaussdb_upgrade_instance '{instance}', 'inplace', 'upgradeAutoCommit', '{version}'
gaussdb_set_backup_policy '{instance}', 14, '17:00-18:00', '1,2,3', '30'
gaussdb_create_backup '{instance}', 'contract-backup', 'by a test'
gaussdb_delete_backup '{doomed_backup}'
gaussdb_restore_to_new_instance 'contract-restored', 'Contract-2030!', '{instance}', '{flavor}', 'ULTRAHIGH', 4800,
	'az1xahz,az1xahz,az1xahz', '490a4a08-ef4b-44c5-94be-3051ef9e4fce', '0e2eda62-1d42-4d64-a9d1-4e9aa9cd994f',
	restore_point_backup_id => '{backup}'
gaussdb_create_slow_log_download '{instance}'
gaussdb_create_database '{instance}', 'contract_db', 'UTF8', 'root', 'template0', 'C', 'C'
gaussdb_create_database_user '{instance}', 'contract_user', 'Contract-2030!'
gaussdb_create_schemas '{instance}', '{database}', '[{"name": "contract", "owner": "{database_user}"}]'
gaussdb_grant_privileges '{instance}', '{database}',
	'[{"name": "{database_user}", "readonly": true, "schema_name": "{schema}"}]'
gaussdb_reset_database_user_password '{instance}', '{database_user}', 'Contract-2031!'
gaussdb_create_tenant '{tenant_instance}', 'contract_tenant', 'Contract-2030!', 1, 4, '20', '{tenant_template}'
gaussdb_delete_tenant '{tenant_instance}', '{tenant}'
gaussdb_resize_tenant '{tenant_instance}', '{tenant}', 4, 16
gaussdb_enlarge_tenant_disk '{tenant_instance}', '{tenant}', 4000
gaussdb_set_tenant_parameters '{tenant_instance}', '{tenant}', '{"dn:checkpoint_timeout": "600"}'
gaussdb_create_tenant_user '{tenant_instance}', '{tenant}', 'contract_user', 'Contract-2030!', false
gaussdb_create_tenant_schemas '{tenant_instance}', '{tenant}', '[{"name": "contract", "owner": "{tenant_user}"}]'
gaussdb_reset_tenant_user_password '{tenant_instance}', '{tenant}', '{tenant_user}', 'Contract-2031!'
gaussdb_grant_tenant_privileges '{tenant_instance}', '{tenant}',
	'[{"name": "{tenant_user}", "readonly": true, "schema_name": "public"}]'
gaussdb_add_instance_tags '{instance}', '[{"key": "contract", "value": "test"}]'
gaussdb_delete_instance_tag '{tag}', '{tag_key}'
gaussdb_delete_job '{job}'
gaussdb_set_recycle_policy 5
gaussdb_create_instance_v3 'contract-old', 'Contract-2030!', '{flavor}', 'ULTRAHIGH', 480, 'cn-north-4', 'az1xahz',
	'490a4a08-ef4b-44c5-94be-3051ef9e4fce', '0e2eda62-1d42-4d64-a9d1-4e9aa9cd994f',
	'2a1f7fc8-3307-42a7-aa6f-42c8b9b8f8c5', 'enterprise', 'strong', sharding_num => 3, coordinator_num => 2
gaussdb_resize_instance_v3 '{single}', '{largest}'
dws_create_cluster 'contract-dws', 'dws.d1.xlarge', 3, '490a4a08-ef4b-44c5-94be-3051ef9e4fce',
	'0e2eda62-1d42-4d64-a9d1-4e9aa9cd994f', '2a1f7fc8-3307-42a7-aa6f-42c8b9b8f8c5', 'dbadmin', 'Contract-2030!'
dws_delete_cluster '{doomed_cluster}', 0
dws_restart_cluster '{cluster}'
dws_resize_cluster '{cluster}', 3
dws_reset_password '{cluster}', 'Contract-2031!'
dws_create_snapshot '{cluster}', 'contract_snapshot', 'by a test'
dws_delete_snapshot '{doomed_snapshot}'
dws_restore_cluster '{snapshot}', 'contract-restored'
drs_create_job 'DRS-contract', 'sync', 'oracle-to-gaussdbv5', 'up', 'FULL_INCR_TRANS', 'eip',
	'{task}'::jsonb -> 'source_endpoint', '{task}'::jsonb -> 'target_endpoint', 'medium'
drs_update_job '{drs_job}', 'name', '{"base_info": {"name": "DRS-renamed"}}'
drs_execute_job_action '{drs_job}', 'precheck', '{"precheck_mode": "forStartJob"}'
drs_execute_job_actions '[{"job_id": "{drs_job}", "action_name": "start"},
	{"job_id": "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", "action_name": "stop"}]'
drs_create_jobs_async jsonb_build_array('{task}'::jsonb)
drs_update_async_job '{batch}', jsonb_build_array(jsonb_build_object('type', 'all', 'params',
	'{task}'::jsonb || '{"job_id": "{batch_job}"}'))
drs_commit_async_job '{batch}'
drs_create_jobs '[{"name": "DRS-contract", "node_type": "high", "engine_type": "mysql", "net_type": "eip",
	"job_direction": "up", "db_use_type": "migration", "task_type": "FULL_INCR_TRANS",
	"customize_sutnet_id": "352ad828-3467-4f03-987a-c55a5a9dd417", "source_endpoint": {"db_type": "mysql"},
	"target_endpoint": {"region": "cn-north-4", "db_type": "mysql", "inst_id": "e05a3679efe241d8b5dee80b17c1a863in01"},
	"is_target_readonly": false, "bind_eip": true}]'
drs_update_jobs '[{"job_id": "{drs_job}", "name": "DRS-again"}]'
roma_create_app_code_auto '{roma}', '{roma_app}'
roma_update_dictionary '{roma}', '{dictionary}', remark => 'kept by a test'
roma_delete_product '{roma}', {product}
roma_create_device '{roma}', 'contract-device', 'D32145A100FF', '{roma_app}', product_product_id => {product}
roma_delete_device_group '{roma}', {group}
roma_install_multi_tasks '{roma}', '{datasource}', '{datasource}', auto_mapping => true
roma_detach_plugins '{roma}', '{api}', '{env}', ARRAY['{plugin}']
END
}

# --- what the service answers ----------------------------------------------------------

# A process that hands bytes on to the emulator, and writes its answers to a file.
sub start_tee
{
	my ($port_file, $log) = ("$directory/port", "$directory/tee.log");
	my $pid = open my $pipe, '|-', $GmfEmulator::python, "$GmfEmulator::source/test/contract/tee.py",
		$gmf->emulator->port, $port_file, $log or die "tee.py: $!";

	for (1 .. 200)
	{
		last if -s $port_file;
		sleep 0.05;
	}
	return { port => PostgreSQL::Test::Utils::slurp_file($port_file), log => $log, pid => $pid, pipe => $pipe };
}

# The body of the last answer behind a position of the file.
sub answered
{
	my ($mark) = @_;
	my $text = substr PostgreSQL::Test::Utils::slurp_file($tee->{log}), $mark;
	my $body = '';

	while ($text =~ s/^(HTTP\/1\.1 .*?\r\n\r\n)//s)
	{
		my ($length) = $1 =~ /^Content-Length: (\d+)/mi;
		$body = substr $text, 0, $length // 0, '';
	}
	utf8::decode($body);
	return $body;
}
