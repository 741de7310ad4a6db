import Foundation
import HTTP
import TestSupport
import Testing

struct SecurePinTests {
  @Test func `a service is believed over TLS only where its certificate is trusted`() throws {
    guard let folder = try Self.certificateFolder() else { return }
    let stage = try Stage()
    try Self.play("stet init", on: stage)
    _ = try stage.play(Script.Step(command: "write prompts/greet.prompt", input: ["Hello"]))
    try Self.play("stet publish -m First", on: stage)
    try stage.serve(".", tls: Self.material(folder))
    try Self.play("mkdir shop", on: stage)
    try Self.play("cd shop", on: stage)
    let pin = Script.Step(command: "stet pin greet --from $SERVICE")
    let refused = try stage.play(pin)
    #expect(refused.exitCode == 3)
    #expect(refused.talk.contains("certificate"))
    try Self.play("set CURL_CA_BUNDLE=\(folder.path)/certificate.pem", on: stage)
    let pinned = try stage.play(pin)
    #expect(pinned.answer == "pinned greet 1.0.0, as 'greet@latest'\n")
  }

  private static func play(_ command: String, on stage: Stage) throws {
    let result = try stage.play(Script.Step(command: command))
    try #require(result.exitCode == 0, "\(command): \(result.talk)")
  }

  /// A folder with a self-signed certificate for 127.0.0.1; nil after one visible line if there is
  /// no openssl.
  private static func certificateFolder() throws -> TemporaryFolder? {
    let folder = try TemporaryFolder()
    let made = try Program("openssl", in: folder.path).run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", "/CN=stet test",
      "-addext", "subjectAltName=IP:127.0.0.1",
    ])
    if !made.succeeded { print("skipped: openssl made no certificate: \(made.errors)") }
    return made.succeeded ? folder : nil
  }

  private static func material(_ folder: TemporaryFolder) throws -> TLSMaterial {
    let texts = try ["certificate.pem", "key.pem"].map { name in
      Array(try Data(contentsOf: folder.url.appendingPathComponent(name)))
    }
    return TLSMaterial(certificate: texts[0], key: texts[1])
  }
}
