-- Nobody owns more than the whole, whoever writes the row; that the shares make it exactly the act itself checks.
create trigger achievements_owner_whole after insert on achievements_owner
when (select sum(round(o.share * 10000)) from achievements_owner o where o.entry_id = new.entry_id) > 1000000
begin
    select raise(abort, 'achievements_owner_whole');
end;
create trigger achievements_owner_still_whole after update on achievements_owner
when (select sum(round(o.share * 10000)) from achievements_owner o where o.entry_id = new.entry_id) > 1000000
begin
    select raise(abort, 'achievements_owner_whole');
end;
