-- Nobody holds more than the whole, whoever writes the row; that the shares make it exactly the act itself checks.
create trigger rights_holder_whole after insert on rights_holder
when (select sum(h.share_ppm) from rights_holder h where h.right_id = new.right_id) > 1000000
begin
    select raise(abort, 'rights_holder_whole');
end;
create trigger rights_holder_still_whole after update on rights_holder
when (select sum(h.share_ppm) from rights_holder h where h.right_id = new.right_id) > 1000000
begin
    select raise(abort, 'rights_holder_whole');
end;
