import Type from "typebox";
import type { Static } from "typebox";

const Pem = Type.String({ minLength: 64, maxLength: 8_192 });

/** What a car says of itself when it joins; people can rename it later. */
export const CarFacts = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  model: Type.String({ minLength: 1, maxLength: 60 }),
  simulated: Type.Boolean(),
});
export type CarFacts = Static<typeof CarFacts>;

/** `POST /api/vehicles/enrol`: a one-time code and a PKCS #10 request (PEM) made with the car's own key, which never leaves it. */
export const EnrolmentRequest = Type.Object({
  code: Type.String({ minLength: 16, maxLength: 128 }),
  csr: Pem,
  car: CarFacts,
});
export type EnrolmentRequest = Static<typeof EnrolmentRequest>;

/** The answer: who the car is from now on, and what it needs to reach the broker. `vehicle` is random and says nothing of the VIN. */
export const Enrolment = Type.Object({
  vehicle: Type.String({ pattern: "^[a-z0-9]{8,40}$" }),
  /** The car's own certificate, PEM. */
  certificate: Pem,
  /** The certificate that the broker's chains to, PEM. */
  ca: Pem,
  /** `mqtts://host:port` */
  mqtt: Type.String({ minLength: 9, maxLength: 300 }),
});
export type Enrolment = Static<typeof Enrolment>;

/** On `down/certificate`, the answer to a request on `up/csr`. */
export const RenewedCertificate = Type.Object({ v: Type.Literal(1), certificate: Pem, ca: Pem });
export type RenewedCertificate = Static<typeof RenewedCertificate>;
