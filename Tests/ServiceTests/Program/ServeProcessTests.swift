import Foundation
import Notation
import PromptRegistry
import TestSupport
import Testing

struct ServeProcessTests {
  private let served: Served

  init() throws { served = try Served() }

  private func curl(_ words: String...) throws -> Program.Outcome {
    try Program("curl").run(["--silent", "--show-error", "--max-time", "60"] + words)
  }

  @Test func `it says where it listens, answers, and ends well when asked to`() throws {
    let program = try ServeProcess(served)
    let url = try program.url()
    let source = "\(url)/v1/prompts/support/triage@1.0.0/source"
    #expect(try curl(source).text == Served.triage)
    #expect(try curl("\(url)/readyz").text.contains(#""ready":true"#))
    let metrics = try curl("\(url)/metrics").text
    #expect(metrics.contains("\nprocess_resident_memory_bytes "))
    program.signal(SIGTERM)
    let (status, talk) = program.end()
    #expect(status == 0)
    #expect(talk.isEmpty)
    #expect(try !curl(source).succeeded)
  }

  @Test func `after kill -9 it is started again and nothing has to be mended`() throws {
    let first = try ServeProcess(served)
    let before = try curl("\(try first.url())/v1/prompts/support/triage@1.0.0").text
    first.signal(SIGKILL)
    _ = first.end()
    let second = try ServeProcess(served)
    #expect(try curl("\(try second.url())/v1/prompts/support/triage@1.0.0").text == before)
  }

  @Test func `an entry that another process wrote is told as an event`() throws {
    let program = try ServeProcess(served)
    let url = try program.url()
    let events = try EventReader(url)
    try served.publish("support/zoo", Served.triage)
    #expect(events.nextID() == "3")
    #expect(try curl("\(url)/v1/prompts/support/zoo@latest/source").text == Served.triage)
  }

  /// As `docs/operate.md` says.
  @Test func `git keeps a bare clone fresh that is served`() throws {
    let clone = served.folder.path + "/clone"
    let git = Program("git", in: served.folder.path)
    try #require(try git.run(["clone", "--quiet", "--bare", "registry", "clone"]).succeeded)
    let program = try ServeProcess(served, ledger: "clone")
    let events = try EventReader(try program.url())
    try served.publish("support/zoo", Served.triage)
    let fetched = try git.run(["-C", clone, "fetch", "--quiet", "origin", "main:main"])
    try #require(fetched.succeeded, "\(fetched.errors)")
    #expect(events.nextID() == "3")
  }

  @Test func `files that git has replaced are let go of`() throws {
    let program = try ServeProcess(served)
    let url = try program.url()
    let events = try EventReader(url)
    for number in 0..<3 {
      let packed = try Program("git", in: served.folder.path + "/registry").run(["gc", "--quiet"])
      try #require(packed.succeeded, "\(packed.errors)")
      try served.publish("support/zoo-\(number)", Served.triage)
      #expect(events.nextID() == "\(number + 3)")
      #expect(try curl("\(url)/v1/prompts/support/triage@1/source").text == Served.triage)
    }
    #expect(try program.deletedFiles() == [])
  }

  @Test func `a request is logged without its query, its token and its input`() throws {
    let token = try served.enrol("**")
    let program = try ServeProcess(served, ["--listen", "127.0.0.1:0", "--log"])
    let url = try program.url()
    for (query, status) in [("", 200), ("?a-secret", 400)] {
      let answer = try curl(
        "-H", "Authorization: Bearer \(token)", "--json", #"{"input":{"ticket":"a-secret"}}"#,
        "\(url)/v1/prompts/support/triage@1/render\(query)")
      #expect(answer.text.contains("a-secret"))
      let line = try #require(program.said())
      #expect(line.contains(#""route":"/v1/prompts/{name}@{ref}/render","status":\#(status)"#))
      #expect(!line.contains("a-secret"))
      #expect(!line.contains(token.suffix(32)))
    }
  }

  @Test(arguments: [
    (["--listen", "0.0.0.0:0"], "unencrypted"),
    (["--listen", "0.0.0.0:0", "--behind-proxy"], "no service is enrolled"),
    (["--listen", "[::]:0", "--behind-proxy"], "no service is enrolled"),
    (["--listen", "nowhere"], "is no address"),
    (["--listen", "127.0.0.1:0", "--tls-cert", "x"], "belong together"),
    (["--threads", "0"], "greater than 0"),
    (["--what"], "needs a value"),
  ])
  func `it does not start where it should not, and says why`(
    _ words: [String], _ reason: String
  ) throws {
    let (status, talk) = try ServeProcess(served, words).end()
    #expect(status == 2)
    #expect(talk.contains(reason), "\(talk)")
  }

  @Test func `why it does not start reads as of any other command`() throws {
    let running = try ServeProcess(served)
    let address = try running.url().replacing("http://", with: "")
    let taken = try ServeProcess(served, ["--listen", address]).end()
    #expect(taken.status == 3)
    #expect(
      taken.talk == """
        error: it cannot listen there: bind failed on '\(address)': Address already in use
        hint: free the address, or name another one with '--listen'

        """)
    let words = ["--listen", "127.0.0.1:0", "--tls-cert", "/nonexistent", "--tls-key", "x"]
    let missing = try ServeProcess(served, words).end()
    #expect(missing.status == 1)
    #expect(missing.talk == "error: there is no '/nonexistent'\n")
    let told = try ServeProcess(served, ["--json", "--listen", address]).end()
    let error = try JSON.parse(Array(told.talk.utf8))["error"]
    #expect(error?["code"] == "busy")
    #expect(error?["hint"]?.string?.contains("--listen") == true)
    let usage = try ServeProcess(served, ["--what", "x", "--json"]).end()
    #expect(try JSON.parse(Array(usage.talk.utf8))["error"]?["code"] == "usage")
  }

  @Test func `asked for help it names the command that has it`() throws {
    let program = try ServeProcess(served, ["--help"])
    #expect(program.answered()?.contains("'stet help serve'") == true)
    #expect(program.end().status == 0)
  }

  @Test func `tokens travel beyond this machine only where something encrypts them`() throws {
    _ = try served.enrol("**")
    let (status, talk) = try ServeProcess(served, ["--listen", "0.0.0.0:0"]).end()
    #expect(status == 2)
    #expect(talk.contains("unencrypted"))
    let program = try ServeProcess(served, ["--listen", "0.0.0.0:0", "--behind-proxy"])
    let url = try program.url().replacing("0.0.0.0", with: "127.0.0.1")
    #expect(try curl("\(url)/healthz").text == "ok\n")
    let refused = try curl("-o", "/dev/null", "-w", "%{http_code}", "\(url)/v1/prompts")
    #expect(refused.text == "401")
  }

  @Test func `it speaks TLS, and takes another certificate without a restart`() throws {
    let folder = try TemporaryFolder()
    guard try Self.makeCertificate(in: folder, "first"),
      try Self.makeCertificate(in: folder, "second")
    else { return }
    let (certificate, key) = ("\(folder.path)/certificate.pem", "\(folder.path)/key.pem")
    try Self.install("first", in: folder)
    let program = try ServeProcess(
      served, ["--listen", "127.0.0.1:0", "--tls-cert", certificate, "--tls-key", key])
    let url = try program.url()
    #expect(url.hasPrefix("https://"))
    let health = "\(url)/healthz"
    #expect(try curl("--cacert", "\(folder.path)/first.pem", health).text == "ok\n")
    #expect(try !curl("--cacert", "\(folder.path)/second.pem", health).succeeded)

    try Self.install("second", in: folder)
    program.signal(SIGHUP)
    #expect(program.said()?.contains("was read again") == true)
    #expect(try curl("--cacert", "\(folder.path)/second.pem", health).text == "ok\n")

    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: certificate))
    program.signal(SIGHUP)
    #expect(program.said()?.contains("the old certificate stays") == true)
    #expect(try curl("--cacert", "\(folder.path)/second.pem", health).text == "ok\n")
    program.signal(SIGTERM)
    #expect(program.end().status == 0)
  }

  /// False after one visible line if there is no openssl.
  private static func makeCertificate(in folder: TemporaryFolder, _ name: String) throws -> Bool {
    let made = try Program("openssl", in: folder.path).run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "2", "-subj", "/CN=\(name)",
      "-addext", "subjectAltName=IP:127.0.0.1",
    ])
    if !made.succeeded { print("skipped: openssl made no certificate: \(made.errors)") }
    return made.succeeded
  }

  private static func install(_ name: String, in folder: TemporaryFolder) throws {
    for (from, to) in [("\(name).pem", "certificate.pem"), ("\(name).key", "key.pem")] {
      let target = folder.url.appendingPathComponent(to)
      try Data(contentsOf: folder.url.appendingPathComponent(from)).write(to: target)
    }
  }
}

/// `curl` on the stream of events.
private final class EventReader {
  private let process = Process()
  private let lines: LineReader

  /// Returns once the service has answered.
  init(_ url: String) throws {
    let pipe = Pipe()
    lines = LineReader(pipe)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "--silent", "--no-buffer", "--max-time", "60", "\(url)/v1/events"]
    process.standardOutput = pipe
    try process.run()
    #expect(lines.next()?.hasPrefix(":") == true)
  }

  deinit { process.terminate() }

  /// The id of the next event.
  func nextID() -> String? {
    while let line = lines.next() {
      if line.hasPrefix("id: ") { return String(line.dropFirst(4)) }
    }
    return nil
  }
}
