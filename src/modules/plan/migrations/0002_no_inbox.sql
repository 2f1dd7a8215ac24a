-- Everybody's inbox is the module notices; whom an event concerns is said in audience.cpp.
drop table plan_inbox;
