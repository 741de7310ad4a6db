import Git
import Keys
import Notation

/// The names of the trailers, in the order in which they stand.
enum Trailer: String, CaseIterable {
  case format = "Ledger-Format"
  case ledgerID = "Ledger-Id"
  case number = "Ledger-Seq"
  case previous = "Ledger-Prev"
  case change = "Ledger-Change"
  case operation = "Ledger-Op"
  case action = "Ledger-Action"
  case request = "Ledger-Request"
  case decision = "Ledger-Decision"
  case subject = "Ledger-Subject"
}

extension Entry {
  /// What is signed: the commit as git shows it to the program that checks signatures.
  package var payload: [UInt8] { Array((header + "\n" + message).utf8) }

  /// The commit with its signature, which ends with a line feed.
  package func commit(signature: [UInt8]) -> [UInt8] {
    var bytes = Array(header.utf8)
    bytes += "gpgsig ".utf8
    for byte in signature.dropLast() {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: " ")) }
    }
    bytes += "\n\n".utf8
    bytes += message.utf8
    return bytes
  }

  private var header: String {
    let person = "\(stamp.member) <\(stamp.member)@stet> \(stamp.time.seconds) +0000\n"
    let parent = place.link.map { "parent \($0.parent.hex)\n" } ?? ""
    return "tree \(tree.hex)\n\(parent)author \(person)committer \(person)"
  }

  private var message: String {
    var message = headline + "\n\n"
    if !text.isEmpty {
      for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
        message += line.isEmpty ? "|\n" : "| \(Substring(line))\n"
      }
      message += "\n"
    }
    for trailer in Trailer.allCases {
      if let value = value(of: trailer) { message += "\(trailer.rawValue): \(value)\n" }
    }
    return message
  }

  private func value(of trailer: Trailer) -> String? {
    switch trailer {
    case .format: String(format)
    case .ledgerID: place.link?.ledgerID.description
    case .number: String(place.number)
    case .previous: place.link?.previous.description
    case .change: change.description
    case .operation: operation.description
    case .action: deed.action
    case .request: deed.request.map(String.init)
    case .decision: deed.review?.decision
    case .subject: deed.review?.subject.description
    }
  }
}
