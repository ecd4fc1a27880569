import { betterAuth } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import type { Kysely } from "kysely";

const day = 24 * 60 * 60;

export interface AuthParts {
  readonly db: Kysely<unknown>;
  /** At least 32 random characters; signs the session cookie. */
  readonly secret: string;
  /** Where browsers reach the cloud; its scheme decides whether cookies are `Secure`. */
  readonly origin: string;
  readonly log: (level: "info" | "warn" | "error", message: string) => void;
}

const SignIn = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) });
type SignIn = Static<typeof SignIn>;

/** The schema as better-auth takes it (standardschema.dev, version 1). */
const signInInput: {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) => { readonly value: SignIn } | { readonly issues: readonly { readonly message: string }[] };
    readonly types?: { readonly input: SignIn; readonly output: SignIn };
  };
} = {
  "~standard": {
    version: 1,
    vendor: "caravan",
    validate: (value) => (Value.Check(SignIn, value) ? { value } : { issues: [{ message: "a token is needed" }] }),
  },
};
const proofOf = (token: string) => `sign-in:${token}`;

/** A link can be used once: the proof is taken out of the database in the same step that checks it. */
const signInLink = {
  id: "sign-in-link",
  endpoints: {
    signInByLink: createAuthEndpoint("/sign-in/link", { method: "POST", body: signInInput }, async (context) => {
      const { internalAdapter } = context.context;
      const proof = await internalAdapter.consumeVerificationValue(proofOf(context.body.token));
      if (proof === null || proof.expiresAt.getTime() < Date.now()) throw new APIError("UNAUTHORIZED");
      const user = await internalAdapter.findUserById(proof.value);
      if (user === null) throw new APIError("UNAUTHORIZED");
      const session = await internalAdapter.createSession(user.id);
      await setSessionCookie(context, { session, user });
      return context.json({ account: user.id });
    }),
  },
} as const;

/** better-auth on our own tables, with nothing switched on but sessions and the one-time link. */
export function createAuth({ db, secret, origin, log }: AuthParts) {
  return betterAuth({
    appName: "Caravan",
    baseURL: origin,
    basePath: "/api/auth",
    secret,
    telemetry: { enabled: false },
    database: { db, type: "postgres", transaction: true },
    plugins: [signInLink],
    logger: { log: (level, message) => (level === "debug" ? undefined : log(level, message)) },
    user: {
      modelName: "account",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: { role: { type: "string", required: true, input: false } },
    },
    session: {
      modelName: "account_session",
      expiresIn: 30 * day,
      updateAge: day,
      fields: {
        userId: "account",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        expiresAt: "expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    account: {
      modelName: "account_login",
      fields: {
        userId: "account",
        providerId: "provider",
        accountId: "provider_account",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: {
      modelName: "account_proof",
      storeIdentifier: "hashed",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    // The server limits sign-in itself, before anything is looked up.
    rateLimit: { enabled: false },
    advanced: {
      useSecureCookies: origin.startsWith("https:"),
      cookies: { session_token: { name: "caravan-cloud" } },
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Keeps a proof of the token under its hash, for one sign-in until it expires. */
export async function rememberLink(auth: Auth, token: string, account: string, expiresAt: Date): Promise<void> {
  const { internalAdapter } = await auth.$context;
  await internalAdapter.createVerificationValue({ identifier: proofOf(token), value: account, expiresAt });
}
