// Package launchstorm is an output for k6 that writes what players felt second by second, as launchstorm's own runners do
// (docs/seconds.md), so that `launchstorm merge` makes one report of any number of runners of either kind.
//
// This is the one file that knows k6: its module path is another one from 2.0 on.
package launchstorm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.k6.io/k6/metrics"
	"go.k6.io/k6/output"
)

func init() {
	output.RegisterExtension("launchstorm", func(params output.Params) (output.Output, error) { return newOutput(params) })
}

const flushEvery = 200 * time.Millisecond

// Output is `k6 run --out launchstorm=FOLDER`.
type Output struct {
	output.SampleBuffer
	params  output.Params
	flusher *output.PeriodicFlusher
	book    *Book
	stop    func(error)
}

func newOutput(params output.Params) (*Output, error) {
	var about About
	written, ok := params.ScriptOptions.External["launchstorm"]
	if !ok {
		return nil, errors.New("this script was not made by `launchstorm export k6`: it does not say what it plays (options.ext.launchstorm)")
	}
	if err := json.Unmarshal(written, &about); err != nil {
		return nil, fmt.Errorf("options.ext.launchstorm: %w", err)
	}
	runner := Runner{About: about, Environment: setting(params, "LAUNCHSTORM_ENVIRONMENT", "unknown"),
		Platform: setting(params, "LAUNCHSTORM_PLATFORM", "foreign"), Players: about.Players, K6Version: "1.x"}
	if segment := params.ScriptOptions.ExecutionSegment; segment != nil {
		runner.Players = segment.Scale(about.Players)
	}
	book, err := openBook(params.ConfigArgument, setting(params, "LAUNCHSTORM_EVENTS", ""), runner)
	if err != nil {
		return nil, err
	}
	return &Output{params: params, book: book, stop: func(error) {}}, nil
}

// setting is a variable given by `-e`, or of the process.
func setting(params output.Params, name, otherwise string) string {
	if value, ok := params.RuntimeOptions.Env[name]; ok && value != "" {
		return value
	}
	if value, ok := params.Environment[name]; ok && value != "" {
		return value
	}
	return otherwise
}

// Description is shown by k6 run.
func (o *Output) Description() string { return "launchstorm (" + o.book.folder + ")" }

// Start begins to write.
func (o *Output) Start() error {
	flusher, err := output.NewPeriodicFlusher(flushEvery, o.flush)
	o.flusher = flusher
	return err
}

// SetTestRunStopCallback is k6's: whoever listens no more has gone, and nobody needs these players any longer.
func (o *Output) SetTestRunStopCallback(stop func(error)) { o.stop = stop }

// Stop writes what is left.
func (o *Output) Stop() error {
	o.flusher.Stop()
	return o.book.Close(time.Now())
}

func (o *Output) flush() {
	for _, container := range o.GetBufferedSamples() {
		for _, sample := range container.GetSamples() {
			if err := o.take(sample); err != nil {
				o.params.Logger.WithError(err).Error("launchstorm: a sample could not be counted")
			}
		}
	}
	if err := o.book.Flush(time.Now()); err != nil {
		o.params.Logger.WithError(err).Error("launchstorm: what players felt cannot be written or told any more")
		o.stop(err)
	}
}

// take knows the metrics of simulator/k6/script/books-k6.ts; the rest is k6's own.
func (o *Output) take(sample metrics.Sample) error {
	name, ours := strings.CutPrefix(sample.Metric.Name, "launchstorm_")
	if !ours {
		return nil
	}
	if name == "lag" {
		o.book.Lag(int64(sample.Value*1000 + 0.5))
		return nil
	}
	switch name {
	case "actions", "chains", "sessions", "departures":
	default:
		return nil
	}
	at, err := readStamp(sample.Metadata["launchstorm"])
	if err != nil {
		return fmt.Errorf("%s: %w", sample.Metric.Name, err)
	}
	tag := func(key string) string {
		value, _ := sample.Tags.Get(key)
		return value
	}
	switch name {
	case "actions":
		o.book.Add(Action{AtMs: at.ms, Operation: tag("of"), Outcome: tag("outcome"), LatencyUs: at.latencyUs, ServiceUs: at.serviceUs,
			RequestID: at.requestID, Status: at.status})
	case "chains":
		o.book.AddChain(Chain{AtMs: at.ms, Result: tag("result"), LatencyUs: at.latencyUs})
	case "sessions":
		o.book.Joined(at.ms, sample.Time)
	default:
		o.book.Left(at.ms)
	}
	return nil
}

type stamp struct {
	ms                           float64
	latencyUs, serviceUs, status int64
	requestID                    string
}

// readStamp reads "4012.5 1890 1720 7-12-3 200": the intended start in ms since the test began, latency and service time in
// microseconds, the request and its status. What comes later may be left out.
func readStamp(text string) (stamp, error) {
	read := stamp{requestID: "-"}
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 5 {
		return read, fmt.Errorf("no stamp but %q", text)
	}
	var err error
	if read.ms, err = strconv.ParseFloat(words[0], 64); err != nil {
		return read, err
	}
	if len(words) > 3 {
		read.requestID = words[3]
	}
	for index, into := range map[int]*int64{1: &read.latencyUs, 2: &read.serviceUs, 4: &read.status} {
		if index >= len(words) {
			continue
		}
		if *into, err = strconv.ParseInt(words[index], 10, 64); err != nil {
			return read, err
		}
	}
	return read, nil
}
