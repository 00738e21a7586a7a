extension AuditorScript {
  /// Shell functions that read keys and check the two signatures of an envelope.
  static let envelopes = #"""
    LC_ALL=C
    export LC_ALL
    good() { printf 'good: %s\n' "$1"; }
    bad() { printf 'BAD: %s\n' "$1"; exit 1; }
    work=$(mktemp -d) || bad 'there is no folder to work in'
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    digest() { sha256sum <"$1" | sed 's/ .*//'; }
    same() { [ "$(digest "$1")" = "$(digest "$2")" ]; }

    # key ROLE FILE: an Ed25519 key in its one spelling; keeps its DER, which ends in its 32 bytes.
    key() {
      openssl pkey -pubin -in "$2" -pubout -out "$work/pem" 2>/dev/null && same "$2" "$work/pem" ||
        bad "'$2' is no public key as openssl writes it"
      openssl pkey -pubin -in "$2" -pubout -outform DER -out "$work/$1.der"
      start=$(od -An -v -tx1 -N 12 "$work/$1.der" | awk '{ gsub(/ /, ""); printf "%s", $0 }')
      [ "$start" = 302a300506032b6570032100 ] || bad "'$2' is no Ed25519 key"
      digest "$2" >"$work/$1.id"
      cat "$2" >"$work/$1.pem"
    }

    # signed ROLE FILE SIGNATURE: whether the role's key signed the bytes of a file.
    signed() {
      openssl pkeyutl -verify -pubin -inkey "$work/$1.pem" -rawin -in "$2" -sigfile "$3" \
        >/dev/null 2>&1
    }

    # entry ROLE: the role's signature as it stands in an envelope.
    entry() {
      printf '{"keyid":"%s","sig":"%s"}' "$(cat "$work/$1.id")" "$(base64 -w 0 <"$work/$1.sig")"
    }

    # envelope WHAT FILE: checks both signatures of a DSSE envelope, which has no other spelling.
    envelope() {
      sed -n 's/.*"payload":"\([^"]*\)".*/\1/p' "$2" | base64 -d >"$work/body" 2>/dev/null ||
        bad "the $1 has no payload"
      type=$(sed -n 's/.*"payloadType":"\([^"]*\)".*/\1/p' "$2")
      {
        printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c <"$work/body")"
        cat "$work/body"
      } >"$work/pae"
      for role in engine verifier; do
        sed -n 's/.*"keyid":"'"$(cat "$work/$role.id")"'","sig":"\([^"]*\)".*/\1/p' "$2" |
          base64 -d >"$work/$role.sig" 2>/dev/null
        signed $role "$work/pae" "$work/$role.sig" || bad "the signature of the $role on the $1"
        good "the signature of the $role on the $1"
      done
      for order in 'engine verifier' 'verifier engine'; do
        for end in '' '\n'; do
          {
            printf '{"payload":"%s","payloadType":"%s",' "$(base64 -w 0 <"$work/body")" "$type"
            printf '"signatures":[%s,%s]}'"$end" "$(entry ${order% *})" "$(entry ${order#* })"
          } >"$work/again"
          if same "$2" "$work/again"; then return; fi
        done
      done
      bad "the $1 is not spelled as its signers spell it"
    }

    # says NAME VALUE: whether the body of the envelope last looked at has a field with that text.
    says() { case $(cat "$work/body") in *"\"$1\":\"$2\""*) ;; *) return 1 ;; esac; }
    """#
}
