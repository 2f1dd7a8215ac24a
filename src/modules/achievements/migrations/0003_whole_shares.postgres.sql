-- Nobody owns more than the whole, whoever writes the row; that the shares make it exactly the act itself checks.
create function achievements_owner_check() returns trigger language plpgsql as $$
begin
    if (select sum(round((o.share * 10000)::numeric)) from achievements_owner o where o.entry_id = new.entry_id)
        > 1000000 then
        raise exclusion_violation using constraint = 'achievements_owner_whole', message = 'more than the whole';
    end if;
    return new;
end
$$;
create trigger achievements_owner_whole after insert or update on achievements_owner
    for each row execute function achievements_owner_check();
