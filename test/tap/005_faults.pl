# 005_faults.pl
#	What goes wrong between the database and the cloud: for each fault, the SQLSTATE and the
#	text that a user gets, how often the request was tried, and that the same session works
#	afterwards.
#
# The manual has the same table.
use strict;
use warnings;

use File::Temp qw(tempdir);
use IO::Socket::INET;
use Test::More;
use Time::HiRes qw(sleep time);

use GmfTest;
use GmfRawServer;

my $fleet = 30;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ]);
my $works = 'SELECT count(id) FROM cloud.instances';
my $list = { operation_id => 'ListInstancesDetails' };
my $raw;

$gmf->connect_cloud(options => { page_size => 10, max_retries => 2, request_timeout => 1 });
my $session = $gmf->session;
$session->query('\set VERBOSITY verbose');

