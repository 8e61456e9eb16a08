// Verifies calls with the npm package standardwebhooks. Standard input is a JSON
// list of {secret, headers, body}; the answer is a JSON list, with the payload's
// type where a call was verified and the error's name where it was not.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const calls = JSON.parse(readFileSync(0, "utf8"));
const answers = calls.map(({ secret, headers, body }) => {
  try {
    return new Webhook(secret).verify(body, headers).type;
  } catch (error) {
    return error.constructor.name;
  }
});
console.log(JSON.stringify(answers));
