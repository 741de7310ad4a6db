import Contracts
import Foundation
import Keys
import Ledger
import Notation
import PromptRegistry
import TestSupport

extension Topic {
  /// The service against nginx serving the same bytes as a file: one core for either server, the
  /// other for wrk, rounds of all one after the other, as the machine drifts. Goals: 1.1 of nginx
  /// pinned, 0.95 of its 304, 0.9 of a pinned read by environment, 0.6 rendering.
  static let serving = Topic(name: "serving") { report in
    let needed = ["taskset", "nginx", "wrk", "curl"]
    let missing = needed.first {
      (try? Program("sh").run(["-c", "command -v \($0)"]).succeeded) != true
    }
    if let missing {
      return report.skip("the service against nginx", because: "there is no \(missing)")
    }
    try ServingBenchmark().compare(report)
  }
}

private struct ServingBenchmark {
  static let rounds = 5
  static let port = 18_480
  static let template = "/v1/prompts/bench/answer@1.0.0"
  /// A version of which the service tells about 2.7 KB.
  static let pinned = "/v1/prompts/bench/long@1.0.0"

  let folder: TemporaryFolder
  let ours: Serving
  let nginx: Serving
  let ourTag: String
  let nginxTag: String

  init() throws {
    folder = try TemporaryFolder()
    try Self.publish(in: folder.path + "/ledger.git")
    let program = Checkout.root.appendingPathComponent(".build/release/stet-serve").path
    ours = try Serving(
      [
        "taskset", "--cpu-list", "0", program, "--ledger", folder.path + "/ledger.git", "--state",
        folder.path + "/state",
        "--listen", "127.0.0.1:\(Self.port)",
      ], at: "http://127.0.0.1:\(Self.port)", ready: "/readyz")
    let body: [UInt8]
    (body, ourTag) = try ours.read(Self.pinned)
    try Data(body).write(to: folder.url.appendingPathComponent("file"))
    let configuration = folder.url.appendingPathComponent("nginx.conf")
    try Data(Self.configuration(folder.path).utf8).write(to: configuration)
    nginx = try Serving(
      ["taskset", "--cpu-list", "0", "nginx", "-p", folder.path, "-c", configuration.path],
      at: "http://127.0.0.1:\(Self.port + 1)", ready: "/file")
    nginxTag = try nginx.read("/file").tag
    let script = """
      wrk.method = "POST"
      wrk.headers["Content-Type"] = "application/json"
      wrk.body = [==[{"input":\(RenderingWork.data)}]==]
      """
    try Data(script.utf8).write(to: folder.url.appendingPathComponent("render.lua"))
  }

  func compare(_ report: Report) throws {
    var rounds: [Round] = []
    for _ in 0..<Self.rounds {
      rounds.append(
        Round(
          pinned: try Load(ours.url + Self.pinned), file: try Load(nginx.url + "/file"),
          live: try Load(ours.url + "/v1/prompts/bench/long@staging"),
          unchanged: try Load(ours.url + Self.pinned, ["-H", "If-None-Match: \(ourTag)"]),
          unchangedFile: try Load(nginx.url + "/file", ["-H", "If-None-Match: \(nginxTag)"]),
          rendered: try Load(
            ours.url + Self.template + "/render", ["-s", folder.path + "/render.lua"])))
    }
    func row(
      _ name: String, _ ours: KeyPath<Round, Load>, _ theirs: KeyPath<Round, Load>,
      against: String
    ) {
      report.print(
        name, Stopwatch.median(rounds.map { $0[keyPath: ours].perSecond }), "1/s",
        ratio: Stopwatch.median(
          rounds.map { $0[keyPath: ours].perSecond / $0[keyPath: theirs].perSecond }),
        against: against)
    }
    row("GET name@1.0.0", \.pinned, \.file, against: "nginx")
    report.print(
      "GET name@1.0.0, p99", Stopwatch.median(rounds.map(\.pinned.p99)), "us",
      ratio: Stopwatch.median(rounds.map { $0.file.p99 / $0.pinned.p99 }), against: "nginx")
    row("GET name@staging", \.live, \.pinned, against: "the pinned read")
    row("304 on If-None-Match", \.unchanged, \.unchangedFile, against: "nginx")
    row("POST render", \.rendered, \.pinned, against: "the pinned read")
  }

  private struct Round {
    let pinned, file, live, unchanged, unchangedFile, rendered: Load
  }

  /// The template of the rendering figures among 200 other prompts, live in an environment.
  private static func publish(in ledger: String) throws {
    try RegistryMill(ledger, MillPace(prompts: 200)).grow(to: 401)
    let people = try People()
    let registry = try Registry.open(ledger, memory: nil)
    let long = try PromptName("bench/long")
    func order(_ number: Int) -> Order {
      people.order(people.alice, at: Int64(People.start + 100_000 + number), number)
    }
    let sources = [
      ("bench/long", String(repeating: "Answer in plain words. ", count: 103)),
      ("bench/answer", RenderingWork.source(partial: "bench/signature")),
      ("bench/_signature", RenderingWork.partial),
    ]
    let drafts = try sources.map { name, source in
      Draft(name: try PromptName(name), source: Array(source.utf8), start: nil)
    }
    let publication = PublishOrder(drafts, ChangeWords(what: "first", why: nil, impact: nil))
    _ = try registry.write(order(1)) { state, pen throws(RegistryError) in
      try state.publishing(publication, pen)
    }
    let wish = Wish(name: long, version: SemanticVersion(1, 0, 0))
    let staging = try EnvironmentName("staging")
    _ = try registry.write(order(2)) { state, pen throws(RegistryError) in
      try state.promoting([wish], in: staging, reason: "", pen)
    }
  }

  /// As an operator would set it for small files that are read often.
  private static func configuration(_ folder: String) -> String {
    """
    daemon off; master_process off; pid \(folder)/pid; error_log /dev/null crit;
    events { worker_connections 1024; use epoll; }
    http {
      access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
      keepalive_timeout 65; keepalive_requests 1000000000;
      default_type application/json; open_file_cache max=1000 inactive=60s;
      server { listen 127.0.0.1:\(port + 1); root \(folder); }
    }
    """
  }
}
