-- Nobody holds more than the whole, whoever writes the row; that the shares make it exactly the act itself checks.
create function rights_holder_check() returns trigger language plpgsql as $$
begin
    if (select sum(h.share_ppm) from rights_holder h where h.right_id = new.right_id) > 1000000 then
        raise exclusion_violation using constraint = 'rights_holder_whole', message = 'more than the whole';
    end if;
    return new;
end
$$;
create trigger rights_holder_whole after insert or update on rights_holder
    for each row execute function rights_holder_check();
