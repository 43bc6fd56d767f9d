# 025_time_zone.pl
#	Times without a zone are those of the server option time_zone, by PostgreSQL's own rules; all others
#	are as they say.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfRawServer;

my %times = (
	zoneless => '"2024-07-02 10:00:00"', date => '"2024-07-02"', iso => '"2024-07-02T10:00:00.5"', utc => '"2024-07-02 10:00:00 UTC"',
	zulu => '"2024-07-02T10:00:00Z"', offset => '"2024-07-02T10:00:00+0200"', millis => '1719914400000', digits => '"1719914400"',
	none => '""', summer => '"2024-07-02 02:30:00"', winter => '"2024-01-02 02:30:00"', twice => '"2024-10-27 02:30:00"',
	never => '"2024-03-31 02:30:00"', old => '"1890-01-01 00:00:00"', first => '"0001-01-01 00:00:00"');
my $raw = GmfRawServer->new('*' => sub {
	my ($socket, $request) = @_;
	my $rows = join ', ', map { qq({"id": "$_", "t": $times{$_}}) } sort keys %times;

	print $socket GmfRawServer::answer(qq({"items": [$rows]}));
});
my $gmf = GmfTest->new(emulator => [ '--fleet', 3, '--job-seconds', 0 ]);

$gmf->sql("CREATE SERVER raw FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url . "'); "
	. "CREATE USER MAPPING FOR CURRENT_USER SERVER raw OPTIONS (token 't'); "
	. "CREATE FOREIGN TABLE t (id text, t timestamptz, local timestamp OPTIONS (json_path 't'), plain text OPTIONS (json_path 't')) "
	. "SERVER raw OPTIONS (service 'x', path '/x', items 'items')");

# Rows whose time is not what PostgreSQL makes of the same text in this zone.
sub wrong
{
	my ($zone) = @_;
	return $gmf->sql("SELECT string_agg(format('%s %s', id, t), ', ') FROM t "
		. "WHERE t IS DISTINCT FROM CASE WHEN plain ~ '^[0-9]*\$' THEN t WHEN plain ~ '[0-9] ?(UTC|Z|[+]0200)\$' THEN plain::timestamptz "
		. "ELSE plain::timestamp AT TIME ZONE '$zone' END");
}

subtest 'times' => sub {
	is(wrong('UTC'), '', 'are UTC');
	for my $zone ('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'asia/kolkata', 'Etc/GMT-8', 'UTC')
	{
		my $add = $gmf->sql("SELECT srvoptions::text LIKE '%time_zone%' FROM pg_foreign_server") eq 't' ? 'SET' : 'ADD';

		$gmf->sql("ALTER SERVER raw OPTIONS ($add time_zone '$zone')");
		is(wrong($zone), '', $zone);
		is($gmf->sql("SELECT string_agg(id, ' ' ORDER BY id) FROM t WHERE t = '2024-07-02 10:00:00+00'"),
			join(' ', sort(qw(utc zulu millis digits), $zone eq 'UTC' ? 'zoneless' : ())), 'those with a zone stay as they are');
	}
	is($gmf->sql("SET timezone = 'Asia/Tokyo'; ALTER SERVER raw OPTIONS (SET time_zone 'Asia/Shanghai'); "
		. "SELECT local FROM t WHERE id = 'zoneless'"), '2024-07-02 11:00:00', 'a timestamp is in the zone of the session');
	is($gmf->sql("SELECT count(*) FROM t WHERE t IS NULL"), 1, 'an empty one is none');
};

subtest 'names' => sub {
	for my $name ('UTC+8', 'Asia/Shangai8', 'Nowhere', '+08', 'CST', '../../etc/passwd')
	{
		like($gmf->error("ALTER SERVER raw OPTIONS (SET time_zone '$name')"),
			qr/^ERROR:  option "time_zone" must be the name of a time zone, not "\Q$name\E"/, $name);
	}
};

# What is sent without a zone is sent only where that is UTC.
subtest 'conditions' => sub {
	$gmf->sql("CREATE FOREIGN TABLE c (id text, t timestamptz OPTIONS (parameter 'since', match 'from', time_form 'plain')) "
		. "SERVER raw OPTIONS (service 'x', path '/c', items 'items')");
	my $sql = "SELECT count(*) FROM c WHERE t > '2024-07-02 01:00:00+00'";

	$gmf->sql("ALTER SERVER raw OPTIONS (SET time_zone 'Asia/Shanghai')");
	$raw->forget;
	is($gmf->sql($sql), 8, 'rows');
	is_deeply([ $raw->taken ], [ 'GET /c HTTP/1.1' ], 'not in another zone');
	$gmf->sql("ALTER SERVER raw OPTIONS (SET time_zone 'UTC')");
	$raw->forget;
	$gmf->sql($sql);
	is_deeply([ $raw->taken ], [ 'GET /c?since=2024-07-02%2000%3A59%3A59 HTTP/1.1' ], 'in UTC');
};

done_testing;
