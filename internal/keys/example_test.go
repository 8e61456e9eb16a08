package keys_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"offprint/internal/keys"
)

func Example() {
	dir, err := os.MkdirTemp("", "keys")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	// The operator: offprint keys create cms --scope print --prints-per-day 1
	ring, err := keys.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, _, err := ring.Create(keys.Params{Name: "cms", Scopes: []keys.Scope{keys.Print}, Quotas: keys.Quotas{PrintsPerDay: 1}})
	if err != nil {
		fmt.Println(err)
		return
	}

	// The service, for a request with Authorization: Bearer TEXT.
	usage := keys.LoadUsage(dir, nil)
	defer usage.Close()
	now := time.Now()
	key, err := ring.Check(text, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(key.Name, "prints:", key.Allows(keys.Print), "mails:", key.Allows(keys.Email))
	for range 2 {
		var quota *keys.QuotaError
		if err := usage.Take(key, keys.Prints, 1, now); errors.As(err, &quota) {
			fmt.Println(quota)
		}
	}

	// The operator: offprint keys revoke cms
	if _, err := ring.Revoke("cms"); err != nil {
		fmt.Println(err)
		return
	}
	var refusal *keys.Refusal
	if _, err := ring.Check(text, now); errors.As(err, &refusal) {
		fmt.Println(refusal.Reason)
	}
	// Output:
	// cms prints: true mails: false
	// use key: 1 prints of 1 a day are used, and 1 more do not fit
	// revoked
}
