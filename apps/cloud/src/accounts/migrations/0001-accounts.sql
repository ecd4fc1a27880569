-- The tables of better-auth 1.7 under our names: user is account, account is account_login,
-- session is account_session, verification is account_proof. The columns' meanings are better-auth's.
create table account (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  role text not null default 'owner' check (role in ('owner', 'operator')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table account_session (
  id text primary key,
  token text not null unique,
  account text not null references account (id) on delete cascade,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on account_session (account);
create index on account_session (expires_at);

create table account_login (
  id text primary key,
  account text not null references account (id) on delete cascade,
  provider text not null,
  provider_account text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider, provider_account)
);
create index on account_login (account);

-- One-time proofs such as sign-in links; the identifier holds a hash, never the token itself.
create table account_proof (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on account_proof (identifier);
create index on account_proof (expires_at);
