extension AuditorScript {
  /// Shell functions that check a C2SP tlog-proof@v1 as RFC 9162 has it.
  static let inclusion = #"""
    # number TEXT: whether it is a number that the shell can reckon with, in its one spelling.
    number() {
      case $1 in '' | 0?* | *[!0-9]*) return 1 ;; esac
      [ "${#1}" -le 18 ]
    }

    # hashed: SHA-256 of what comes in, as bytes.
    hashed() { openssl dgst -sha256 -binary; }

    # next: the next line of the proof, kept for the comparison at the end.
    next() { IFS= read -r line && printf '%s\n' "$line" >>"$work/copy"; }

    # inclusion INDEX SIZE HASH...: the root over $work/leaf, as RFC 9162, section 2.1.3.2, has it.
    inclusion() {
      fn=$1
      sn=$(($2 - 1))
      [ "$fn" -le "$sn" ] || bad "the log has no entry $fn yet"
      shift 2
      cat "$work/leaf" >"$work/root"
      for hash; do
        [ "$sn" -gt 0 ] || bad 'the proof is too long'
        printf '%s' "$hash" | base64 -d >"$work/hash" 2>/dev/null
        [ "$(base64 -w 0 <"$work/hash") $(wc -c <"$work/hash")" = "$hash 32" ] ||
          bad "'$hash' is no hash"
        if [ $((fn % 2)) = 1 ] || [ "$fn" = "$sn" ]; then
          { printf '\001'; cat "$work/hash" "$work/root"; } | hashed >"$work/node"
          while [ $((fn % 2)) = 0 ] && [ "$fn" != 0 ]; do
            fn=$((fn / 2)) sn=$((sn / 2))
          done
        else
          { printf '\001'; cat "$work/root" "$work/hash"; } | hashed >"$work/node"
        fi
        cat "$work/node" >"$work/root"
        fn=$((fn / 2)) sn=$((sn / 2))
      done
      [ "$sn" = 0 ] || bad 'the proof is too short'
    }

    # logged: reads the proof, recomputes the root and checks the keeper's signature on it.
    logged() {
      next && [ "$line" = c2sp.org/tlog-proof@v1 ] || bad "'$proof' is no tlog-proof@v1"
      next
      case $line in 'extra '*) next ;; esac # Nobody signs it, so nothing rests on it.
      index=${line#index }
      [ "$line" = "index $index" ] && number "$index" || bad "'$line' is no index"
      set --
      while next && [ -n "$line" ]; do set -- "$@" "$line"; done
      next && origin=$line && next && size=$line && next && root=$line ||
        bad 'there is no checkpoint'
      number "$size" || bad "'$size' is no size"
      inclusion "$index" "$size" "$@"
      [ "$(base64 -w 0 <"$work/root")" = "$root" ] || bad "the event is not entry $index of the log"
      good "the event is entry $index of the $size in the log"
      printf '%s\n' "$origin" "$size" "$root" >"$work/note"
      while next && [ -n "$line" ]; do printf '%s\n' "$line" >>"$work/note"; done
      { printf '%s\n\001' "$origin"; tail -c 32 "$work/log.der"; } | hashed >"$work/id"
      count=0
      while next; do
        case $line in '— '?*' '?*) ;; *) bad "'$line' is no signature line" ;; esac
        text=${line#"— $origin "}
        [ "$line" != "$text" ] || continue
        printf '%s' "$text" | base64 -d >"$work/both" 2>/dev/null
        [ "$(od -An -tx1 -N 4 "$work/both")" = "$(od -An -tx1 -N 4 "$work/id")" ] || continue
        tail -c +5 "$work/both" >"$work/log.sig"
        [ "$(base64 -w 0 <"$work/both")" = "$text" ] && signed log "$work/note" "$work/log.sig" ||
          bad 'the signature of the log on the checkpoint'
        count=$((count + 1))
      done
      [ "$count" = 1 ] || bad 'the checkpoint does not have one signature of the log'
      good 'the signature of the log on the checkpoint'
    }
    """#
}
