import Foundation
import Glibc
import Platform
import TestSupport
import Testing

@testable import HTTP

/// A self-signed certificate for 127.0.0.1.
struct Certificate {
  let folder: TemporaryFolder
  let material: TLSMaterial
  var file: String { "\(folder.path)/certificate.pem" }

  /// `nil` after one visible line if there is no openssl.
  init?() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let made = try Program("openssl", in: folder.path).run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", "/CN=stet test",
      "-addext", "subjectAltName=IP:127.0.0.1",
    ])
    guard made.succeeded else {
      print("skipped: openssl made no certificate: \(made.errors)")
      return nil
    }
    let texts = try ["certificate.pem", "key.pem"].map { name in
      Array(try Data(contentsOf: folder.url.appendingPathComponent(name)))
    }
    material = TLSMaterial(certificate: texts[0], key: texts[1])
  }
}

/// A client that speaks TLS through `openssl s_client`, one connection.
final class SecureWire {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received = ""

  init(_ address: SocketAddress, trusting certificate: Certificate) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "s_client", "-quiet", "-verify_return_error", "-CAfile", certificate.file,
      "-connect", address.description,
    ]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// It inherits a thread's blocked signals, so that only this one is sure to end it.
  deinit { kill(process.processIdentifier, SIGKILL) }

  func send(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Up to and with `mark`, or what came before the end.
  func read(through mark: String) -> String {
    while !received.contains(mark) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      received += String(decoding: more, as: UTF8.self)
    }
    guard let end = received.firstRange(of: mark)?.upperBound else { return received }
    defer { received = String(received[end...]) }
    return String(received[..<end])
  }
}

struct TLSTests {
  private func curl(_ server: Server, _ certificate: Certificate) throws -> Program.Outcome {
    try Program("curl").run([
      "--silent", "--show-error", "--max-time", "60", "--cacert", certificate.file,
      "https://\(server.address)/x",
    ])
  }

  @Test func requestsAreServedOverTLS() throws {
    guard let certificate = try Certificate() else { return }
    let server = try Fixture.server { $0.tls = certificate.material }
    let answer = try curl(server, certificate)
    #expect(answer.text == "GET [x]\n", "\(answer.errors)")
    let plain = try Wire(server.address)
    plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try !plain.readToEnd().contains("HTTP/1.1 200"))
    let old = try Program("openssl").run(
      ["s_client", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-connect", "\(server.address)"])
    #expect(!old.succeeded)
    #expect(try curl(server, certificate).succeeded)
  }

  @Test func anotherCertificateIsShownWithoutLosingAConnection() throws {
    guard let first = try Certificate(), let second = try Certificate() else { return }
    let hub = try Hub()
    let server = try Fixture.server(hub.application) { $0.tls = first.material }
    let reader = try SecureWire(server.address, trusting: first)
    try reader.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(reader.read(through: ": hello\n\n").contains("200 OK"))
    let open = try SecureWire(server.address, trusting: first)
    try open.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(!open.read(through: "other").contains("Connection: close"))

    try server.reload(second.material)
    #expect(try curl(server, second).text == "other")
    #expect(try !curl(server, first).succeeded)
    #expect(hub.publish("after") == 1)
    #expect(reader.read(through: "after\n\n").hasSuffix("data: after\n\n"))
    try open.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(open.read(through: "other").contains("Connection: close\r\n"))

    server.stop(deadlineSeconds: 20)
    #expect(reader.read(through: "\r\n0\r\n\r\n").hasSuffix("\r\n0\r\n\r\n"))
  }

  @Test func aCertificateThatCannotBeReadChangesNothing() throws {
    guard let good = try Certificate(), let other = try Certificate() else { return }
    let bad = [
      TLSMaterial(certificate: [], key: []),
      TLSMaterial(certificate: Array("nonsense".utf8), key: good.material.key),
      TLSMaterial(certificate: good.material.certificate, key: Array("nonsense".utf8)),
      TLSMaterial(certificate: good.material.certificate, key: other.material.key),
    ]
    let server = try Fixture.server { $0.tls = good.material }
    for material in bad {
      #expect(throws: ServerError.badCertificate) { try server.reload(material) }
      #expect(throws: ServerError.badCertificate) {
        try Fixture.server { $0.tls = material }
      }
    }
    #expect(try curl(server, good).text == "GET [x]\n")
  }

  @Test func certificatesMayChangeOftenWithStreamsOpen() throws {
    guard let certificate = try Certificate() else { return }
    let hub = try Hub()
    let server = try Fixture.server(hub.application) { $0.tls = certificate.material }
    var readers: [SecureWire] = []
    for _ in 0..<DaemonSet.retiredLimit + 3 {
      let reader = try SecureWire(server.address, trusting: certificate)
      try reader.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(reader.read(through: ": hello\n\n").contains("200 OK"))
      readers.append(reader)
      try server.reload(certificate.material)
    }
    // The oldest were asked to come again, the others hear on.
    #expect(readers[0].read(through: "\r\n0\r\n\r\n").hasSuffix("\r\n0\r\n\r\n"))
    #expect(hub.publish("x") == DaemonSet.retiredLimit)
    #expect(try #require(readers.last).read(through: "x\n\n").contains("data: x\n\n"))
  }
}
