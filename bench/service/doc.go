// Command service puts a running offprint under load, on this machine alone, and
// writes what it measured as a table. Run it in the repository:
//
//	go run ./bench/service
//
// It builds the command, starts it with a data folder of its own, and a newspaper
// on loopback whose every page is another article with three pictures. The runs:
//
//   - together: 200 ask at the same time for one article that nobody asked for before;
//   - capacity: as many documents a second as come out when a few ask without pause;
//   - overload: for a minute, twice as many requests as that, each for another article;
//   - wrk: the same minute again by a program of others';
//   - bodies: 1,000 deliveries of 1 MB to a hook are open at a time: unsigned ones, and ones
//     whose signature is well-formed and false. The service must not take more than
//     150 MiB of memory, or the run fails;
//   - hooks: how soon a web hook is answered while every worker is busy;
//   - warm: one connection, one article after another, beside a Chromium that is
//     driven in the same way and is running already.
//
// In: the repository, the first demo article, and the programs wrk and node with a
// Chromium where they are installed. Out: bench/results/service.md.
//
// It must not be needed by anything, and it reaches no network.
package main
