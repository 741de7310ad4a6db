package import HTTP

/// Requests counted by route and status, and their durations by route.
///
/// There are as many series as routes and statuses: nothing that a client sends can add one.
package final class RequestMetrics: Sendable {
  private let routes: [Route]
  private let counts: [[Tally]]
  private let durations: [Histogram]

  /// The statuses told apart; every other is counted as `other`.
  static let statuses = [
    200, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 422, 429, 431, 500, 501, 503,
  ]

  /// Counts for routes whose indices are their places in the list, `Route.none` first.
  package init(_ routes: [Route]) {
    assert(routes.enumerated().allSatisfy { $0.offset == $0.element.index })
    self.routes = routes
    counts = routes.map { _ in (0...Self.statuses.count).map { _ in Tally() } }
    durations = routes.map { _ in Histogram() }
  }

  /// Counts a request that has ended; one without an answer is counted as `other`.
  package func add(_ done: borrowing FinishedRequest) {
    add(done.route, status: done.status, nanoseconds: done.nanoseconds)
  }

  func add(_ route: Route, status: Int, nanoseconds: Int64) {
    let status = Self.statuses.firstIndex(of: status) ?? Self.statuses.count
    counts[route.index][status].add()
    durations[route.index].add(nanoseconds: nanoseconds)
  }

  /// Appends both families; a series that counted nothing is left out.
  package func write(to text: inout MetricsText) {
    let requests = "stet_http_requests_total"
    text.family(requests, .counter, "Requests that ended, by route and status.")
    for (route, counts) in zip(routes, counts) {
      for (place, tally) in counts.enumerated() where tally.count > 0 {
        let status = place < Self.statuses.count ? String(Self.statuses[place]) : "other"
        text.sample(requests, [("route", route.name), ("status", status)], tally.count)
      }
    }
    let duration = "stet_http_request_duration_seconds"
    text.family(
      duration, .histogram, "From a request's first line to the last byte of its answer.")
    for (route, (counts, histogram)) in zip(routes, zip(counts, durations))
    where counts.contains(where: { $0.count > 0 }) {
      histogram.write(duration, [("route", route.name)], to: &text)
    }
  }
}
