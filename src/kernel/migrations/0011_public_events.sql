-- The feed of what changed reads public events only, newest first, however many others lie between them.
create index kernel_event_public on kernel_event (sequence) where visibility = 'public';
