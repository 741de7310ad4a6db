import Foundation
import Keys
import Notation
import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// A machine of one person: a home folder, a key, a memory, and the real program run in it.
final class Home: Sendable {
  let person: String
  private let folder: TemporaryFolder
  private let environment: [String: String]

  /// Where the program under test lies: beside the tests.
  static let program: String = {
    let tests = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
    let folder = URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appendingPathComponent("stet").path
  }()

  /// Each number has a key of its own.
  init(_ person: String, key number: UInt8, environment: [String: String] = [:]) throws {
    self.person = person
    folder = try TemporaryFolder()
    let key = try PrivateKey.generate(random: [UInt8](repeating: number, count: 32))
    let file = folder.path + "/key"
    try Data(key.openSSHFile(comment: person).utf8).write(to: URL(fileURLWithPath: file))
    try Data((key.publicKey.line + "\n").utf8).write(to: URL(fileURLWithPath: file + ".pub"))
    self.environment = [
      "HOME": folder.path, "STET_STATE": folder.path + "/state", "STET_KEY": file,
    ].merging(environment) { $1 }
  }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Runs the program in a folder of this home.
  func run(
    _ words: [String], in place: String = ".", environment more: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program(Self.program, in: path(place)).run(
      words, environment: environment.merging(more) { $1 })
  }

  /// Runs another program as this person.
  func runProgram(_ name: String, _ words: [String]) throws -> Program.Outcome {
    try Program(name, in: path(".")).run(words, environment: environment)
  }

  /// Starts the program in the workspace and does not wait for its end.
  func start(_ words: [String]) throws -> Foundation.Process {
    let process = Foundation.Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: path("w"))
    process.environment = environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin"]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program and expects it to do what it was asked; returns its answer.
  @discardableResult
  func stet(_ words: String..., in place: String = "w") throws -> String {
    let outcome = try run(words, in: place)
    if !outcome.succeeded {
      Issue.record("\(person): stet \(words.joined(separator: " ")): \(outcome.errors)")
    }
    return outcome.text
  }

  /// Runs the program and expects it to refuse; returns what it says, and how it ended.
  func refusal(
    _ words: String..., in place: String = "w"
  ) throws -> (status: Int32, text: String) {
    let outcome = try run(words, in: place)
    if outcome.succeeded {
      Issue.record("\(person): stet \(words.joined(separator: " ")) was not refused")
    }
    return (outcome.status, outcome.errors)
  }

  /// Runs the program in this process, on a clock that goes wrong by so many seconds.
  func runHere(_ words: [String], clock offset: Int64) -> (status: Int32, talk: String) {
    let talk = Recorder()
    var surroundings = Surroundings(
      now: { Timestamp(seconds: Clock.now() + offset) }, random: { Random.bytes($0) },
      input: { _ in [] }, answers: Channel { _ in }, talk: Channel { talk.add($0) })
    surroundings.environment = environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin"]) { $1 }
    surroundings.folder = folder.path
    return (Tool.run(words, in: surroundings), talk.text)
  }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
