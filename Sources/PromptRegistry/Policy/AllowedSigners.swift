import Keys
import Notation

extension Policy {
  /// The file with which stock git judges every entry, also those of keys revoked later.
  package var allowedSigners: [UInt8] {
    var text = ""
    for member in members {
      for key in member.keys {
        text += "\(member.name)@stet namespaces=\"git\" \(key.line)\n"
      }
      for revoked in member.revoked {
        let until = "valid-before=\"\(Self.signersTime(revoked.at))\""
        text += "\(member.name)@stet namespaces=\"git\",\(until) \(revoked.key.line)\n"
      }
    }
    return Array(text.utf8)
  }

  /// `YYYYMMDDHHMMSSZ`; without the `Z` OpenSSH would read local time.
  private static func signersTime(_ time: Timestamp) -> String {
    time.description.filter { $0.isNumber } + "Z"
  }
}
