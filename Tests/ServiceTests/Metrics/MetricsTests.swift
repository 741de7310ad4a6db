import HTTP
import Testing

@testable import Service

struct MetricsTests {
  @Test func `a family has its help, its kind and then its samples`() {
    var text = MetricsText()
    text.family("a_total", .counter, "Back\\slash and\nline.")
    text.sample("a_total", [("path", "q\"b\\s\nl")], 3)
    text.sample("a_total", [], 4)
    text.sample("a_seconds", [], seconds: 0.25)
    #expect(
      text.text == """
        # HELP a_total Back\\\\slash and\\nline.
        # TYPE a_total counter
        a_total{path="q\\"b\\\\s\\nl"} 3
        a_total 4
        a_seconds 0.25

        """)
  }

  @Test func `numbers without end have their names`() {
    #expect(MetricsText.number(.infinity) == "+Inf")
    #expect(MetricsText.number(-.infinity) == "-Inf")
    #expect(MetricsText.number(.nan) == "NaN")
  }

  @Test func `a histogram's buckets add up to its count`() {
    let histogram = Histogram()
    for nanoseconds: Int64 in [0, 50_000, 50_001, 3_000_000, 60_000_000_000] {
      histogram.add(nanoseconds: nanoseconds)
    }
    var text = MetricsText()
    histogram.write("d", [("r", "x")], to: &text)
    let lines = text.text.split(separator: "\n")
    #expect(lines.first == "d_bucket{r=\"x\",le=\"5e-05\"} 2")
    #expect(lines.contains("d_bucket{r=\"x\",le=\"0.005\"} 4"))
    #expect(lines.contains("d_bucket{r=\"x\",le=\"10.0\"} 4"))
    #expect(lines.contains("d_bucket{r=\"x\",le=\"+Inf\"} 5"))
    #expect(lines.contains("d_sum{r=\"x\"} 60.003100001"))
    #expect(lines.last == "d_count{r=\"x\"} 5")
  }

  @Test func `requests are counted by route and status, and nothing else makes a series`() {
    let one = Route(1, "/one")
    let metrics = RequestMetrics([.none, one])
    for status in [200, 200, 304, 418, 0, 999] { metrics.add(one, status: status, nanoseconds: 1) }
    metrics.add(.none, status: 404, nanoseconds: 1)
    var text = MetricsText()
    metrics.write(to: &text)
    let counts = text.text.split(separator: "\n").filter {
      $0.hasPrefix("stet_http_requests_total{")
    }
    #expect(
      counts == [
        "stet_http_requests_total{route=\"none\",status=\"404\"} 1",
        "stet_http_requests_total{route=\"/one\",status=\"200\"} 2",
        "stet_http_requests_total{route=\"/one\",status=\"304\"} 1",
        "stet_http_requests_total{route=\"/one\",status=\"other\"} 3",
      ])
    #expect(
      text.text.contains("stet_http_request_duration_seconds_count{route=\"/one\"} 6\n"))
  }

  @Test func `reads beyond the limit of series share one`() {
    let metrics = ReadMetrics(seriesLimit: 2)
    for version in ["1.0.0", "1.1.0", "2.0.0", "3.0.0", "1.0.0"] {
      metrics.tally("support/triage", version).add()
    }
    var text = MetricsText()
    metrics.write(to: &text)
    #expect(
      text.text.split(separator: "\n").dropFirst(2) == [
        "stet_prompt_reads_total{prompt=\"support/triage\",version=\"1.0.0\"} 2",
        "stet_prompt_reads_total{prompt=\"support/triage\",version=\"1.1.0\"} 1",
        "stet_prompt_reads_total 2",
      ])
  }
}
