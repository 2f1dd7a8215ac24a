-- What came of the threads of an entry: its track record.
create index library_thread_record on library_thread (entry_id, outcome, closed_on) where state = 'closed';
