create table notification (
	id bigint generated always as identity primary key,
	audience varchar(100) not null,
	sender varchar(50) not null,
	text varchar(500) not null,
	sent_at timestamp with time zone not null
);

create table receipt (
	notification_id bigint not null references notification (id),
	recipient varchar(50) not null,
	read_at timestamp with time zone,
	primary key (recipient, notification_id)
);
