import Git
package import Keys

/// The part of `verify` that needs no tree: what an entry's bytes say beside those of its parent.
extension SignedEntry {
  /// The purpose for which git's signatures are made.
  package static let namespace = "git"

  /// What of I1, I6, I7, I9, I10 and I11 the entry breaks behind its parent; nil before the first.
  package func violations(after parent: SignedEntry?) -> [Violation] {
    guard let parent else { return violationsAsFirst + violationsOfAttempt }
    guard let link = entry.place.link, link.parent == parent.id else {
      return [Violation(.oneRoot, "it does not name the entry before it as its parent")]
    }
    var found: [Violation] = []
    if entry.number != parent.entry.number + 1 {
      found.append(
        Violation(.sequence, "it has number \(entry.number) behind \(parent.entry.number)"))
    }
    if link.previous != parent.digest {
      found.append(Violation(.previous, "Ledger-Prev is not \(parent.digest)"))
    }
    if link.ledgerID != parent.ledgerID {
      found.append(Violation(.ledgerID, "Ledger-Id is not \(parent.ledgerID)"))
    }
    if entry.format < parent.entry.format {
      found.append(
        Violation(.format, "the format falls from \(parent.entry.format) to \(entry.format)"))
    }
    if entry.time < parent.entry.time {
      found.append(
        Violation(.time, "the time falls from \(parent.entry.time) to \(entry.time)"))
    }
    return found + violationsOfAttempt
  }

  /// Numbers rise from one attempt to write an entry to the next.
  private var violationsOfAttempt: [Violation] {
    var found: [Violation] = []
    if entry.operation.firstNumber > entry.number {
      found.append(
        Violation(
          .sequence, "Ledger-Op names number \(entry.operation.firstNumber), which is yet to come"))
    }
    return found
  }

  private var violationsAsFirst: [Violation] {
    var found: [Violation] = []
    if entry.place.link != nil {
      found.append(Violation(.oneRoot, "the first entry names one before it"))
    }
    if entry.number != Place.first.number {
      found.append(Violation(.sequence, "the first entry has number \(entry.number)"))
    }
    if entry.format < Entry.currentFormat {
      found.append(Violation(.format, "there is no format \(entry.format)"))
    }
    return found
  }

  /// The signature, read but not verified; throws I13 for one that is not canonical.
  func readSignature() throws(Violation) -> SSHSignature {
    do throws(KeyError) {
      return try SSHSignature(armored: signature)
    } catch {
      throw Violation(.signature, error.description)
    }
  }

  /// The key that signed exactly this entry; throws I13 if none did.
  package func verifiedSigner() throws(Violation) -> PublicKey {
    let signature = try readSignature()
    do throws(KeyError) {
      try signature.verify(entry.payload, namespace: Self.namespace)
    } catch {
      throw Violation(.signature, error.description)
    }
    return signature.publicKey
  }
}
