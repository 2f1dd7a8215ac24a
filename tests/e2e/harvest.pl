# Harvests a server with Debian's HTTP::OAI, as any other repository would: harvest.pl <base URL>. Prints one line of counts.
use strict;
use warnings;
use HTTP::OAI;
use HTTP::OAI::Metadata::OAI_DC;

my $harvester = HTTP::OAI::Harvester->new(baseURL => $ARGV[0], resume => 1);
sub checked {
    my $answer = shift;
    die $answer->code . " " . $answer->message if $answer->is_error;
    return $answer;
}

my $identify = checked($harvester->Identify);
my $formats = checked($harvester->ListMetadataFormats);
my ($formats_seen, $sets_seen, $headers_seen, $records_seen, $titles_seen, $deleted_seen) = (0) x 6;
$formats_seen++ while $formats->next;
my $sets = checked($harvester->ListSets);
$sets_seen++ while $sets->next;
# Lists come in several answers: the harvester follows the resumption tokens and hands over each record, but keeps only
# the last answer itself.
my $first;
checked($harvester->ListIdentifiers(metadataPrefix => 'oai_dc', onRecord => sub {
    my $header = shift;
    $headers_seen++;
    $first //= $header->identifier;
}));
checked($harvester->ListRecords(metadataPrefix => 'oai_dc', handlers => { metadata => 'HTTP::OAI::Metadata::OAI_DC' }, onRecord => sub {
    my $record = shift;
    $records_seen++;
    if ($record->is_deleted) { $deleted_seen++; return }
    $titles_seen++ if length(($record->metadata->dc->{title} // [''])->[0]);
}));
my $one = checked($harvester->GetRecord(identifier => $first, metadataPrefix => 'oai_dc'))->next;
die "another record" unless $one->identifier eq $first;
my $refused = $harvester->GetRecord(identifier => 'oai:nowhere:x/y', metadataPrefix => 'oai_dc');
my ($error) = $refused->errors;
printf "protocol=%s deletions=%s granularity=%s formats=%d sets=%d headers=%d records=%d titles=%d deleted=%d error=%s\n",
    $identify->version // $identify->protocolVersion, $identify->deletedRecord, $identify->granularity, $formats_seen, $sets_seen,
    $headers_seen, $records_seen, $titles_seen, $deleted_seen, $error ? $error->code : 'none';
