import Foundation
import HTTP
import Keys
import Notation
import Platform
import Synchronization
import TestSupport

@testable import CommandLineTool

/// Where a script is played: a folder of its own, a clock that moves one minute with each command,
/// randomness that is the same each time, and no environment but what is set here.
final class Stage {
  private let folder: TemporaryFolder
  private let clock = Mutex(Timestamp(seconds: Stage.start))
  private let dice = Dice()
  private var environment: [String: String]
  private var work: String
  private var service: RunningService?

  /// 2026-11-21T09:00:00Z
  private static let start: Int64 = 1_795_251_600
  /// Whoever a script may play `as`; each has a key that is the same each time.
  private static let people = ["alice", "bob", "carol", "dave"]

  init() throws {
    setenv("TZ", "UTC", 1)
    folder = try TemporaryFolder()
    work = folder.path + "/work"
    environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path + "/home",
      "STET_STATE": folder.path + "/state",
    ]
    for name in ["work", "home", "keys"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    for (index, person) in Self.people.enumerated() {
      let key = try PrivateKey.generate(random: Array(repeating: UInt8(index + 1), count: 32))
      try Data(key.openSSHFile(comment: person).utf8)
        .write(to: URL(fileURLWithPath: "\(folder.path)/keys/\(person)"))
    }
    play(as: "alice")
  }

  /// Plays one command and returns what it answered, with this stage's folder written as `$STAGE`
  /// and the address of its service as `$SERVICE`.
  func play(_ step: Script.Step) throws -> Script.Result {
    var command = step.command.replacing("$STAGE", with: folder.path)
    if let service { command = command.replacing("$SERVICE", with: service.url) }
    var words = try ShellWords.split(command)
    let input = step.input.map { $0 + "\n" }.joined()
    var target: String?
    if words.count > 2, words[words.count - 2] == ">" {
      target = words.removeLast()
      words.removeLast()
    }
    var result = try perform(words.removeFirst(), words, input)
    if let target, result.exitCode == 0 {
      try write(Data(result.answer.utf8), to: target)
      result.answer = ""
    }
    result.answer = shown(result.answer)
    result.talk = shown(result.talk)
    return result
  }
}

extension Stage {
  private func shown(_ text: String) -> String {
    let text = text.replacing(folder.path, with: "$STAGE")
    return service.map { text.replacing($0.url, with: "$SERVICE") } ?? text
  }

  private func perform(
    _ verb: String, _ words: [String], _ input: String
  ) throws -> Script.Result {
    let first = words.first ?? ""
    switch verb {
    case "stet": return stet(words, input)
    case "git": return try run(verb, words, input)
    case "as": play(as: first)
    case "set": try set(words)
    case "cd": work = path(first)
    case "serve": try serve(first)
    case "unplug": service?.stop()
    case "clock": try move(clockBy: first)
    case "write": try write(Data(input.utf8), to: first)
    case "append": try write(Data((try read(first) + input).utf8), to: first)
    case "replace": try replace(words)
    case "rm": try FileManager.default.removeItem(atPath: path(first))
    case "cp": try FileManager.default.copyItem(atPath: path(first), toPath: path(words[1]))
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: path(words[1]), withDestinationPath: path(first))
    case "mkdir":
      try FileManager.default.createDirectory(
        atPath: path(first), withIntermediateDirectories: true)
    case "cat": return Script.Result(answer: try read(first))
    case "ls": return Script.Result(answer: try list(first))
    default: throw Mistake("there is no '\(verb)' on a stage")
    }
    return Script.Result()
  }

  private func stet(_ words: [String], _ input: String) -> Script.Result {
    let (answers, talk) = (Recorder(), Recorder())
    let moment = clock.withLock { clock in
      defer { clock = Timestamp(seconds: clock.seconds + 60) }
      return clock
    }
    var surroundings = Surroundings(
      now: { moment },
      random: { [dice] count in dice.bytes(count) },
      input: { _ in Array(input.utf8) },
      answers: Channel { answers.add($0) },
      talk: Channel { talk.add($0) })
    surroundings.environment = environment
    surroundings.folder = work
    surroundings.login = { "alice" }
    let exitCode = Tool.run(words, in: surroundings)
    service?.refresh()
    return Script.Result(answer: answers.text, talk: talk.text, exitCode: exitCode)
  }

  /// Another program, for a second opinion.
  private func run(_ program: String, _ words: [String], _ input: String) throws -> Script.Result {
    var command = Platform.Command(
      program, ["-C", work] + words,
      environment: environment.merging(["GIT_CONFIG_NOSYSTEM": "1"]) { old, _ in old })
    command.input = Array(input.utf8)
    let outcome = try Subprocess.run(command)
    guard case .exited(let status) = outcome.ending else { throw Mistake("\(program) was killed") }
    return Script.Result(
      answer: outcome.outputText, talk: outcome.errorText, exitCode: status)
  }
}

extension Stage {
  /// Answers for the registry of a workspace from now on, as `$SERVICE`.
  func serve(_ workspace: String, tls: TLSMaterial? = nil) throws {
    var options = ServerOptions()
    options.tls = tls
    service = try RunningService(
      ledger: path(workspace) + "/.stet/.git", state: folder.path + "/service", options)
  }

  private func play(as person: String) {
    environment["STET_KEY"] = "\(folder.path)/keys/\(person)"
  }

  private func set(_ words: [String]) throws {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw Mistake("'set' takes NAME=value") }
      environment[String(parts[0])] = parts[1].isEmpty ? nil : String(parts[1])
    }
  }

  private func move(clockBy text: String) throws {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()) else {
      throw Mistake("'clock' takes a number and one of s, m, h, d")
    }
    clock.withLock { $0 = Timestamp(seconds: $0.seconds + count * unit) }
  }

  private func replace(_ words: [String]) throws {
    guard words.count == 3 else { throw Mistake("'replace' takes a file, an old and a new text") }
    let text = try read(words[0])
    guard text.contains(words[1]) else { throw Mistake("'\(words[1])' is not in \(words[0])") }
    try write(Data(text.replacing(words[1], with: words[2]).utf8), to: words[0])
  }

  private func path(_ name: String) -> String { name.hasPrefix("/") ? name : "\(work)/\(name)" }

  private func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  private func write(_ data: Data, to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// Every file below a folder, one a line.
  private func list(_ name: String) throws -> String {
    let root = path(name)
    let all = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    return all.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.map { $0 + "\n" }.joined()
  }
}

/// Something a script asks for that a stage does not have.
struct Mistake: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Randomness that is the same each time.
final class Dice: Sendable {
  private let generator = Mutex(SeededGenerator(seed: 1))

  func bytes(_ count: Int) -> [UInt8] {
    generator.withLock { generator in
      (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
  }
}

/// Keeps what a command says.
final class Recorder: Sendable {
  private let kept = Mutex<[UInt8]>([])
  var bytes: [UInt8] { kept.withLock { $0 } }
  var text: String { String(decoding: bytes, as: UTF8.self) }
  func add(_ bytes: [UInt8]) { kept.withLock { $0 += bytes } }
}

/// Words as a shell splits them: blanks divide, quotes of either kind keep together.
enum ShellWords {
  static func split(_ line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw Mistake("a \(quote) is never closed: \(line)") }
    return words + (word.map { [$0] } ?? [])
  }
}
