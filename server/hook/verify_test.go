package hook_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/server/hook"
)

const articleJSON = `{"event":"publish","id":"7","url":"https://nanting.example/7"}`

// generic is a hook of source generic that is verified in this way.
func generic(verify string) hook.Config { return hook.Config{Source: "generic", Verify: verify} }

var waysThatVerify = []string{"standard-webhooks", "ghost", "contentful", "hmac", "header", "query"}

// kindOf gives why a request was refused, and fails when it was not.
func kindOf(t *testing.T, r *hook.Receiver, request *hook.Request, at time.Time) hook.Kind {
	t.Helper()
	event, err := r.Receive(request, at)
	var refused *hook.Error
	if !errors.As(err, &refused) {
		t.Fatalf("Receive gives %+v, %v; want an *Error", event, err)
	}
	if event != nil {
		t.Errorf("an event beside the error: %+v", event)
	}
	if refused.Hook != "cms" || refused.Status() == http.StatusGone || refused.Status() < 400 || refused.Status() >= 500 {
		t.Errorf("%v has hook %q and status %d", err, refused.Hook, refused.Status())
	}
	for _, told := range []string{err.Error(), refused.Hint()} {
		if strings.Contains(told, secret) || strings.Contains(told, secret[6:]) {
			t.Errorf("the error tells the secret: %s", told)
		}
	}
	return refused.Kind
}

func TestVerify(t *testing.T) {
	for _, verify := range waysThatVerify {
		config := generic(verify)
		good := signed(request(articleJSON), config, secret, now)
		timed := verify == "standard-webhooks" || verify == "ghost" || verify == "contentful"
		signsBody := timed || verify == "hmac"

		t.Run(verify+"/good", func(t *testing.T) {
			event, err := receiver(t, config).Receive(good, now)
			if err != nil || event.What != hook.Publish || event.Unverified {
				t.Errorf("%+v, %v", event, err)
			}
		})
		t.Run(verify+"/new secret beside the old", func(t *testing.T) {
			for _, secrets := range [][]string{{otherSecret, secret}, {secret, otherSecret}} {
				if _, err := receiver(t, config, secrets...).Receive(good, now); err != nil {
					t.Error(err)
				}
			}
		})
		refused := func(name string, request *hook.Request, at time.Time) {
			t.Run(verify+"/"+name, func(t *testing.T) {
				if kind := kindOf(t, receiver(t, config), request, at); kind != hook.Unauthorized {
					t.Errorf("refused as %s", kind)
				}
			})
		}
		refused("other secret", signed(request(articleJSON), config, otherSecret, now), now)
		refused("unsigned", request(articleJSON), now)
		for name, values := range good.Header {
			without := clone(good)
			without.Header.Del(name)
			refused("without "+name, without, now)
			twice := clone(good)
			twice.Header.Add(name, values[0])
			refused("twice "+name, twice, now)
			for _, wrong := range []string{"", "x", "sha256=", values[0][:len(values[0])-1], values[0] + "0", strings.Repeat("v1,QUFB ", 9999)} {
				other := clone(good)
				other.Header.Set(name, wrong)
				refused("wrong "+name, other, now)
			}
		}
		if signsBody {
			for i := range len(articleJSON) {
				tampered := clone(good)
				tampered.Body = []byte(articleJSON)
				tampered.Body[i] ^= 1
				if kind := kindOf(t, receiver(t, config), tampered, now); kind != hook.Unauthorized {
					t.Errorf("%s: byte %d changed: refused as %s", verify, i, kind)
				}
			}
			longer := clone(good)
			longer.Body = append([]byte(articleJSON), ' ')
			refused("longer body", longer, now)
		}
		if timed {
			refused("stale", good, now.Add(5*time.Minute+time.Second))
			refused("from the future", good, now.Add(-5*time.Minute-time.Second))
			for _, late := range []time.Duration{5 * time.Minute, -5 * time.Minute} {
				if _, err := receiver(t, config).Receive(good, now.Add(late)); err != nil {
					t.Errorf("%s: after %s: %v", verify, late, err)
				}
			}
		}
	}
}

func clone(r *hook.Request) *hook.Request {
	return &hook.Request{Method: r.Method, Path: r.Path, Header: r.Header.Clone(), Body: r.Body}
}

// A signature with a time that was changed afterwards is not the sender's.
func TestTimeIsSigned(t *testing.T) {
	late := now.Add(time.Hour)
	milliseconds := strconv.FormatInt(late.UnixMilli(), 10)
	for verify, change := range map[string]func(http.Header){
		"standard-webhooks": func(h http.Header) { h.Set("webhook-timestamp", strconv.FormatInt(late.Unix(), 10)) },
		"ghost": func(h http.Header) {
			signature, _, _ := strings.Cut(h.Get("X-Ghost-Signature"), ",")
			h.Set("X-Ghost-Signature", signature+", t="+milliseconds)
		},
		"contentful": func(h http.Header) { h.Set("X-Contentful-Timestamp", milliseconds) },
	} {
		request := signed(request(articleJSON), generic(verify), secret, now)
		change(request.Header)
		if kind := kindOf(t, receiver(t, generic(verify)), request, late); kind != hook.Unauthorized {
			t.Errorf("%s: %s", verify, kind)
		}
	}
	// Contentful's list of signed headers without the time.
	const names = "x-contentful-signed-headers"
	unsignedTime := request(articleJSON)
	unsignedTime.Header.Set("X-Contentful-Signed-Headers", names)
	unsignedTime.Header.Set("X-Contentful-Timestamp", strconv.FormatInt(now.UnixMilli(), 10))
	unsignedTime.Header.Set("X-Contentful-Signature", hex.EncodeToString(mac(secret, "POST\n/v1/hooks/cms\n"+names+":"+names+"\n"+articleJSON)))
	if kind := kindOf(t, receiver(t, generic("contentful")), unsignedTime, now); kind != hook.Unauthorized {
		t.Errorf("contentful without a signed time: %s", kind)
	}
}

// TestStandardWebhooks has what only that standard has: several signatures in a
// header, and public keys.
func TestStandardWebhooks(t *testing.T) {
	config := generic("standard-webhooks")
	old := signed(request(articleJSON), config, otherSecret, now).Header.Get("webhook-signature")
	both := signed(request(articleJSON), config, secret, now)
	both.Header.Set("webhook-signature", "v2,AAAA "+old+" v1,%% "+both.Header.Get("webhook-signature"))
	first, err := receiver(t, config).Receive(both, now)
	if err != nil {
		t.Fatal(err)
	}

	// The id names the delivery: the same with another body, another with the same.
	again := request(articleJSON)
	again.Header.Set("webhook-id", "msg_2")
	second, err := receiver(t, config).Receive(signed(again, config, secret, now), now)
	if err != nil || second.ID == first.ID {
		t.Errorf("two ids of the sender give %s and %s, %v", first.ID, second.ID, err)
	}

	private := ed25519.NewKeyFromSeed([]byte("a seed that is thirty-two bytes!"))
	public := "whpk_" + base64.StdEncoding.EncodeToString(private.Public().(ed25519.PublicKey))
	asymmetric := signed(request(articleJSON), config, secret, now)
	content := "msg_1." + asymmetric.Header.Get("webhook-timestamp") + "." + articleJSON
	asymmetric.Header.Set("webhook-signature", "v1a,"+base64.StdEncoding.EncodeToString(ed25519.Sign(private, []byte(content))))
	if _, err := receiver(t, config, public).Receive(asymmetric, now); err != nil {
		t.Error(err)
	}
	if kind := kindOf(t, receiver(t, config), asymmetric, now); kind != hook.Unauthorized {
		t.Error(kind)
	}
	// A public key is public: nobody may sign with it as if it were a secret.
	forged := signed(request(articleJSON), config, strings.Replace(public, "whpk_", "whsec_", 1), now)
	if kind := kindOf(t, receiver(t, config, public), forged, now); kind != hook.Unauthorized {
		t.Error(kind)
	}
}

// TestContentfulSignature holds us against what signRequest of
// @contentful/node-apps-toolkit 3.16.1 (MIT) gives for a request of ours.
func TestContentfulSignature(t *testing.T) {
	data, err := os.ReadFile("testdata/contentful-signature.json")
	if err != nil {
		t.Fatal(err)
	}
	var sample struct {
		Secret, Path, Body string
		Headers            map[string]string
	}
	if err := json.Unmarshal(data, &sample); err != nil {
		t.Fatal(err)
	}
	delivery := request(sample.Body)
	delivery.Path = sample.Path
	for name, value := range sample.Headers {
		delivery.Header.Set(name, value)
	}
	config := configs["contentful"]
	event, err := receiver(t, config, sample.Secret).Receive(delivery, now)
	if err != nil || event.URL != "https://nanting.example/hk/tidal-ledger/" {
		t.Errorf("%+v, %v", event, err)
	}
	delivery.Header.Set("X-Contentful-Topic", "ContentManagement.Entry.delete")
	if kind := kindOf(t, receiver(t, config, sample.Secret), delivery, now); kind != hook.Unauthorized {
		t.Errorf("with another topic: %s", kind)
	}
}

// TestHeaders has the forms in which a shared secret or a digest may stand.
func TestHeaders(t *testing.T) {
	digest := hex.EncodeToString(mac(secret, articleJSON))
	for _, c := range []struct{ name, verify, configured, header, value string }{
		{"bearer", "header", "", "Authorization", "Bearer " + secret},
		{"bearer in small letters", "header", "", "authorization", "bearer  " + secret},
		{"alone", "header", "", "Authorization", secret},
		{"own header", "header", "X-Token", "X-Token", secret},
		{"digest", "hmac", "", "X-Webhook-Signature", digest},
		{"digest in capitals", "hmac", "", "X-Webhook-Signature", strings.ToUpper(digest)},
		{"digest with its name", "hmac", "", "X-Webhook-Signature", "sha256=" + digest},
		{"digest in an own header", "hmac", "X-Hub-Signature-256", "X-Hub-Signature-256", "sha256=" + digest},
	} {
		t.Run(c.name, func(t *testing.T) {
			delivery := request(articleJSON)
			delivery.Header.Set(c.header, c.value)
			config := generic(c.verify)
			config.Header = c.configured
			if _, err := receiver(t, config).Receive(delivery, now); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnverified(t *testing.T) {
	r := receiver(t, generic("none"))
	event, err := r.Receive(request(articleJSON), now)
	if err != nil || !event.Unverified || !r.Unverified() {
		t.Errorf("%+v, %v", event, err)
	}
	for _, name := range []string{
		"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "x-forwarded-anything", "Via", "X-Real-IP",
		"CF-Connecting-IP", "True-Client-IP", "Fastly-Client-IP", "X-Client-IP", "X-Cluster-Client-IP", "CDN-Loop",
	} {
		delivery := request(articleJSON)
		delivery.Header[name] = []string{"192.0.2.1"}
		if kind := kindOf(t, r, delivery, now); kind != hook.Unauthorized {
			t.Errorf("with %s: %s", name, kind)
		}
	}
	config := generic("none")
	if err := config.ValidatePublic(); err == nil {
		t.Error("none is let through with a public address")
	}
}
