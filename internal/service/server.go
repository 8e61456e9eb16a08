package service

import (
	"io/fs"
	"log/slog"
	"maps"
	"slices"

	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/internal/jobpages"
	"offprint/mailer"
	"offprint/server"
	"offprint/server/hook"
)

// Server is the HTTP side of a service: the handlers of its two addresses.
type Server struct {
	*server.Server
	Keyless bool // programs on this machine need no key
	keys    *keyring
	log     *slog.Logger
}

// Server makes the HTTP side. With a worker, /readyz reports whether that works, too.
// [Server.Close] ends it. For a setting that cannot be used it gives a
// [*hint.UsageError], for keys that cannot be read a [*DataError].
func (s *Service) Server(withWorker bool) (*Server, error) {
	lists, err := s.lists()
	if err != nil {
		return nil, err
	}
	hooks, err := s.hooks()
	if err != nil {
		return nil, err
	}
	form, err := s.readerForm()
	if err != nil {
		return nil, err
	}
	c := server.Config{
		Readers:  form,
		Settings: s.config.Serve, Limits: s.config.Limits.Server,
		Press: s.press, Queue: s.queue, Store: s.folder,
		PublicURL: s.config.Site.PublicURL, PublicHosts: s.config.PublicHosts(),
		Publisher: s.config.Site.Name, Hooks: hooks, Tokens: s.tokens,
		Lists: func(name string) ([]mailer.Recipient, error) {
			list, ok := lists[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return list.Get(), nil
		},
		CheckCallback: s.config.Callbacks.Check, DefaultCallback: s.config.Callbacks.URL,
		Metrics: s.metrics, Log: s.log,
	}
	if c.JobPages, err = jobpages.New(s.queue, server.JobsPath, s.log); err != nil {
		return nil, err
	}
	if withWorker {
		c.Worker = s.checkWorker
	}
	ring, err := openKeyring(s.config.DataDir, s.log)
	if err != nil {
		return nil, err
	}
	ring.ring.Tell(s.reread("keys", "keys.json"))
	s.files.Add(ring.ring)
	c.Keys = ring
	made, err := ring.ring.Any()
	if err != nil {
		return nil, err
	}
	api, err := server.New(c)
	if err != nil {
		return nil, hint.Usagef(config.ShowsValues, "%s", hint.Joined(err))
	}
	return &Server{Server: api, Keyless: !made && c.PublicURL == "", keys: ring, log: s.log}, nil
}

// Close ends the work behind the handlers, and writes down what keys were used for.
func (s *Server) Close() {
	s.Server.Close()
	if err := s.keys.Close(); err != nil {
		s.log.Warn("what keys were used for could not be written down", "error", err)
	}
}

// hooks makes the receivers of web hooks.
func (s *Service) hooks() (map[string]*hook.Receiver, error) {
	receivers := map[string]*hook.Receiver{}
	for _, name := range slices.Sorted(maps.Keys(s.config.Hooks)) {
		c := s.config.Hooks[name]
		c.MaxBody, c.Print = int(s.config.Serve.MaxBody), s.config.Print
		r, err := s.hook(name, c)
		if err != nil {
			return nil, err
		}
		for _, what := range []hook.What{hook.Publish, hook.Update, hook.Withdraw} {
			for _, action := range r.Actions(what) {
				if _, known := s.config.Lists[action.Email]; action.Email != "" && !known {
					return nil, hint.Usagef("write [lists."+action.Email+"] with its recipients_file",
						"hooks.%s: there is no list %q", name, action.Email)
				}
			}
		}
		receivers[name] = r
	}
	return receivers, nil
}
