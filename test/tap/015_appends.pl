# 015_appends.pl
#	Scans that wait together under one Append, of one server and of several: in whatever order the
#	answers come, the rows are those that the scans give one after another, none is left waiting
#	for what another has received, and what goes wrong with one ends the query.
#
# GMF_SEED chooses other queries, GMF_QUERIES how many of them.
use strict;
use warnings;

use List::Util qw(max min sum);
use Test::More;

use GmfTest;

my $fleet = 30;
my $seed = $ENV{GMF_SEED} || 20250101;
my $number = $ENV{GMF_QUERIES} || 60;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ]);
my $session;

srand $seed;
$gmf->connect_cloud(options => { page_size => 10, max_retries => 2, request_timeout => 1 });
$gmf->connect_cloud(server => 'again', options => { page_size => 7, max_retries => 2 });
$gmf->connect_cloud(server => 'east', region => 'cn-east-3', options => { page_size => 5, max_retries => 2 });
$session = $gmf->session;
# What hangs is to fail.
$session->query("\\set VERBOSITY verbose\n\\pset null (null)\nSET statement_timeout = '20s'");

# A branch: a query of one column of text over one table.
my @branches = (
	'SELECT id FROM cloud.instances',
	'SELECT id FROM again.instances',
	'SELECT id FROM east.instances',
	'SELECT name FROM cloud.backups',
	'SELECT id FROM east.backups',
	"SELECT name FROM cloud.instances WHERE name LIKE 'erp%'",
	"SELECT name FROM cloud.instances WHERE name LIKE 'no such%'",
	"SELECT name FROM again.parameters WHERE name = 'autovacuum'",
	"SELECT value FROM cloud.parameters WHERE name LIKE 'a%'",
	"SELECT name FROM cloud.jobs WHERE status = 'Completed'",
	'SELECT datastore_version FROM east.instances WHERE volume_size > 0',
	"SELECT (SELECT min(b.name) FROM cloud.backups b WHERE b.instance_id = i.id) FROM cloud.instances i");

# What a query does with all of them; %s stands for the union.
my @uses = (
	'SELECT * FROM (%s) u',
	'SELECT count(*) FROM (%s) u',
	'SELECT * FROM (%s) u (v) ORDER BY v OFFSET 5',
	'SELECT count(*) FROM (SELECT * FROM (%s) u LIMIT 12) l',
	'SELECT g, count(u.v) FROM generate_series(1, 3) g LEFT JOIN LATERAL (SELECT v, g FROM (%s) u (v) OFFSET 0) u ON true GROUP BY g',
	"SELECT count(*) FROM (%s) u (v) WHERE v > (SELECT min(name) FROM cloud.instances)",
	'SELECT count(*) FROM cloud.instances i WHERE EXISTS (SELECT FROM (%s) u (v) WHERE u.v = i.id)');

subtest 'the same rows as one after another' => \&same_rows;
subtest 'they are asked at the same time' => \&at_the_same_time;
subtest 'more of them than a server process waits for at once' => \&many_branches;
subtest 'other statements in between' => \&in_between;
subtest 'cursors that take turns' => \&cursors;
subtest 'a LIMIT that leaves answers behind' => \&left_behind;
subtest 'one of them fails' => \&one_fails;
subtest 'trouble that passes' => \&passing_trouble;
subtest 'stopped at any moment' => \&stopped;
$session->quit;
done_testing;

# -----------------------------------------------------------------------------------

# Answers that come at random: most at once, some late.
sub shuffle_answers
{
	my ($seed) = @_;

	$gmf->fault(map { { match => { probability => 0.25, seed => $seed + $_ },
		effect => { delay_ms => 5 * $_ } } } 1 .. 3);
	return;
}

sub union_of
{
	return join "\n UNION ALL ", map { "($_)" } @_;
}

sub some_branches
{
	my ($least, $most) = @_;
	return map { $branches[ rand @branches ] } 1 .. $least + int rand($most - $least + 1);
}

# The rows of a query, in any order, with the scans of an Append together or not.
sub rows_of
{
	my ($sql, $without) = @_;

	$session->query("SET gaussdb_mgmt_fdw.disable = '" . ($without // '') . "'");
	my ($out, $err) = $session->try($sql);
	return $err if $err ne '';
	return join "\n", sort split /\n/, $out;
}

sub same_rows
{
	my ($together, @wrong) = (0);

	note "GMF_SEED=$seed GMF_QUERIES=$number";
	for my $i (1 .. $number)
	{
		my $sql = sprintf $uses[ rand @uses ], union_of(some_branches(2, 6));
		my $expected = rows_of($sql, 'appends');

		$together++ if rows_of("EXPLAIN $sql") =~ /Async Foreign Scan/;
		shuffle_answers($seed + $i);
		for (1 .. 3)
		{
			my $got = rows_of($sql);
			push @wrong, "$sql\n$got\ninstead of\n$expected" if $got ne $expected;
		}
		$gmf->no_faults;
	}
	is(scalar @wrong, 0, "$number queries give what they give without") or diag $wrong[0];
	cmp_ok(3 * $together, '>', $number, "in $together of them scans wait together");
}

sub at_the_same_time
{
	my $sql = 'SELECT count(*) FROM ('
		. union_of('SELECT id FROM cloud.instances', 'SELECT id FROM cloud.backups', 'SELECT id FROM east.instances') . ') u';

	rows_of($sql);
	$gmf->config(latency_ms => 300);
	$gmf->forget;
	my $got = rows_of($sql);
	my @first = grep { $_->{path} =~ /(instances|backups)$/ && "@{[map { @$_ } @{ $_->{query} }]}" !~ /offset [1-9]/ }
		$gmf->requests;

	$gmf->config(latency_ms => 0);
	is(scalar @first, 3, 'each list is begun once');
	cmp_ok(max(map { $_->{t_start} } @first), '<', min(map { $_->{t_end} } @first),
		'all before the first has answered');
	is($got, rows_of($sql, 'appends'), 'the same rows');
}

# PostgreSQL takes 16 events at once.
sub many_branches
{
	my $instances = union_of(('SELECT id FROM cloud.instances') x 20);
	my $mixed = union_of(('SELECT id FROM cloud.instances', 'SELECT id FROM east.backups') x 10);

	for my $i (1 .. 5)
	{
		shuffle_answers($seed + $i);
		is(rows_of("SELECT count(*) FROM ($instances) u"), 20 * $fleet, 'twenty scans of one table');
		is(rows_of("SELECT count(*) FROM ($mixed) u"), rows_of("SELECT count(*) FROM ($mixed) u", 'appends'),
			'twenty scans of two tables');
	}
	$gmf->no_faults;
}

# A statement of the same session and the same server, while rows are outstanding: it receives
# the answers of the others, too.
sub in_between
{
	my $union = union_of('SELECT id FROM cloud.instances', 'SELECT id FROM cloud.backups',
		'SELECT name FROM cloud.instances');
	my $rows = rows_of("SELECT count(*) FROM ($union) u", 'appends');

	rows_of('SELECT 1');
	for my $i (1 .. 10)
	{
		shuffle_answers($seed + $i);
		is($session->query(<<"SQL"), "$rows $fleet", 'a query for some rows of another');
			DO \$\$
			DECLARE
				v text; n int := 0; others bigint := 0;
			BEGIN
				FOR v IN $union LOOP
					IF n % 20 = 7 THEN
						SELECT count(id) INTO others FROM cloud.instances;
					END IF;
					n := n + 1;
				END LOOP;
				PERFORM set_config('test.found', n || ' ' || others, false);
			END \$\$;
			SELECT current_setting('test.found');
SQL
	}
	$gmf->no_faults;
}

sub cursors
{
	my $one = union_of('SELECT id FROM cloud.instances', 'SELECT id FROM cloud.backups');
	my $two = union_of('SELECT name FROM cloud.backups', 'SELECT name FROM cloud.instances', 'SELECT id FROM east.instances');

	for my $i (1 .. 5)
	{
		my (@one, @two);

		shuffle_answers($seed + $i);
		$session->query("BEGIN; DECLARE one CURSOR FOR $one; DECLARE two CURSOR FOR $two");
		for (1 .. 100)
		{
			my $first = $session->query('FETCH 9 FROM one');
			my $second = $session->query('FETCH 5 FROM two');

			last if $first eq '' && $second eq '';
			push @one, split /\n/, $first;
			push @two, split /\n/, $second;
		}
		$session->query('COMMIT');
		$gmf->no_faults;
		is(join("\n", sort @one), rows_of($one, 'appends'), 'all rows of one');
		is(join("\n", sort @two), rows_of($two, 'appends'), 'all rows of the other');
		rows_of('SELECT 1');
	}
}

sub left_behind
{
	my $union = union_of('SELECT id FROM cloud.instances', 'SELECT id FROM east.instances');

	# The east is slow; the query does not need it.
	$gmf->fault({ match => { path_regex => $GmfEmulator::project{'cn-east-3'} }, effect => { delay_ms => 5000 } });
	my $rows = rows_of("SELECT count(*) FROM ($union LIMIT 5) u");
	is($rows, 5, 'the rows are there');
	cmp_ok($session->seconds, '<', 3, 'before the slow server has answered');
	$gmf->no_faults;
	is(rows_of('SELECT count(*) FROM east.instances'), $gmf->sql('SELECT count(*) FROM east.instances'),
		'a query of the slow one afterwards');
}

# Each fault with each of three tables, two of them of one server.
sub one_fails
{
	my $union = union_of('SELECT id, port FROM cloud.instances', 'SELECT id, size::int FROM cloud.backups',
		'SELECT id, port FROM east.instances');
	my $right = $GmfEmulator::project{'cn-north-4'};
	my $east = $GmfEmulator::project{'cn-east-3'};
	my %where = (
		'the first' => "$right/instances",
		'the second' => "$right/backups",
		'the other server' => "$east/instances");
	my @faults = (
		[ 'status 400', { status => 400 }, 'HV000', qr/refused/ ],
		[ 'status 403', { status => 403 }, '42501', qr/does not permit/ ],
		[ 'status 429', { status => 429 }, '53400', qr/throttled.*3 attempts/s ],
		[ 'status 503', { status => 503 }, '08006', qr/failed at.*3 attempts/s ],
		[ 'a page', { html => \1 }, '08006', qr/502 Bad Gateway.*3 attempts/s ],
		[ 'random bytes', { garbage => \1 }, 'HV004', qr/cannot be used/ ],
		[ 'a body that is cut off', { truncate => 300 }, 'HV004', qr/cannot be used/ ],
		[ 'closed before the answer', { close => 'before' }, '08006', qr/broke before an answer came/ ],
		[ 'reset before the answer', { close => 'reset' }, '08006', qr/broke before an answer came/ ],
		[ 'closed within the body', { close => 'body' }, '08006', qr/broke within the answer/ ],
		[ 'too large a body', { big => 1_000_000_000 }, '54000', qr/too large an answer/ ],
		[ 'a redirection', { redirect => 'file:///etc/passwd' }, 'HV00K', qr/redirected/ ],
		[ 'the same page again', { repeat_page => \1 }, 'HV004', qr/the same page twice/ ]);

	rows_of('SELECT 1');
	my $rows = $session->query("SELECT count(*) FROM ($union) u");
	for my $fault (@faults)
	{
		my ($name, $effect, $state, $message) = @$fault;

		for my $where (sort keys %where)
		{
			$gmf->fault({ match => { path_regex => $where{$where} }, effect => $effect });
			my ($out, $err) = $session->try("SELECT count(*) FROM ($union) u");
			my ($got) = $err =~ /^ERROR:  (\w{5}): /m;

			is($got // "no error: $out$err", $state, "$name, $where: SQLSTATE");
			like($err, $message, "$name, $where: the message");
			like($err, $where =~ /server/ ? qr/"east"/ : qr/"cloud"/, 'the server is named');
			$gmf->no_faults;
			is($session->query("SELECT count(*) FROM ($union) u"), $rows, 'the session goes on');
		}
	}
	# Only the server "cloud" waits no longer than a second.
	$gmf->fault({ match => { path_regex => $where{'the second'} }, effect => { hang => \1 } });
	my ($out, $err) = $session->try("SELECT count(*) FROM ($union) u");
	like($err, qr/^ERROR:  HV00N: .*did not answer in time/, 'no answer');
	cmp_ok($session->seconds, '<', 5, 'after request_timeout');
	$gmf->no_faults;
	is($session->query("SELECT count(*) FROM ($union) u"), $rows, 'the session goes on');
}

# Retries of one scan while another of the same server receives: nothing is lost, and nobody waits
# for longer than the pause before the next try.
sub passing_trouble
{
	my $union = union_of(@branches[ 0 .. 5 ]);
	my $rows = rows_of("SELECT count(*) FROM ($union) u", 'appends');

	for my $effect ({ status => 503 }, { status => 429 }, { close => 'before' }, { close => 'body' }, { close => 'reset' })
	{
		for my $skip (0, 2, 5)
		{
			$gmf->fault({ match => { skip => $skip }, effect => $effect, count => 2 });
			is(rows_of("SELECT count(*) FROM ($union) u"), $rows, join(' ', %$effect) . " after $skip requests");
		}
	}
	$gmf->no_faults;
}

sub stopped
{
	my $union = union_of(@branches[ 0 .. 6 ], $branches[8]);
	my $rows = rows_of("SELECT count(*) FROM ($union) u", 'appends');
	my ($stopped, $ended) = (0, 0);

	rows_of("SELECT count(*) FROM ($union) u");
	my $before = descriptors();
	for my $i (1 .. 40)
	{
		shuffle_answers($seed + $i);
		my ($out, $err) = $session->try("SET statement_timeout = '" . int(1 + rand 300) . "ms';\n"
			. "SELECT count(*) FROM ($union) u;\nSET statement_timeout = '20s';");

		if ($err =~ /57014/) { $stopped++ }
		elsif ($out eq $rows) { $ended++ }
		else { fail "neither: $out$err" }
	}
	$gmf->no_faults;
	cmp_ok($stopped, '>', 5, "$stopped queries were stopped, $ended came to their end");
	is(rows_of("SELECT count(*) FROM ($union) u"), $rows, 'the session goes on');
	cmp_ok(descriptors(), '<=', $before, 'no descriptor is left');
}

sub descriptors
{
	my @descriptors = glob '/proc/' . $session->backend . '/fd/*';
	return scalar @descriptors;
}
