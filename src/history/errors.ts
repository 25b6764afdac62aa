/** A store of history that could not be used; the message names the thing, the place and the remedy. */
export class HistoryError extends Error {
  override readonly name: string = 'HistoryError'
  /** The directory, or the database's address without its password. */
  readonly place: string

  constructor(place: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.place = place
  }
}

/** Another process has the store open. */
export class StoreInUseError extends HistoryError {
  override readonly name = 'StoreInUseError'
  /** The process that holds it, where that is known. */
  readonly pid: number | null

  constructor(place: string, pid: number | null, sentence: string) {
    super(place, sentence)
    this.pid = pid
  }
}

/** The directory cannot be made or written. */
export class StoreNotWritableError extends HistoryError {
  override readonly name = 'StoreNotWritableError'
}

/** The disk below the store is full; what was recorded before stays. */
export class StoreDiskFullError extends HistoryError {
  override readonly name = 'StoreDiskFullError'

  constructor(place: string, options?: ErrorOptions) {
    const sentence = `The disk that holds the store ${place} is full. Make room and run the same command again; everything recorded before is kept.`
    super(place, sentence, options)
  }
}

/** A newer Ajar has written the store. */
export class StoreTooNewError extends HistoryError {
  override readonly name = 'StoreTooNewError'

  constructor(place: string, found: number, known: number) {
    const sentence = `The store ${place} was written by a newer Ajar (its layout is ${found}, this one knows up to ${known}). Update Ajar, or name another store with --store.`
    super(place, sentence)
  }
}

/** The store's files are there and make no sense: a damaged database or a damaged lake file. */
export class StoreDamagedError extends HistoryError {
  override readonly name = 'StoreDamagedError'
}

/** The database server does not answer, or does not let us in. */
export class StoreUnreachableError extends HistoryError {
  override readonly name = 'StoreUnreachableError'
}

/** The text given as a store is neither a directory nor an address that Ajar knows. */
export class StoreAddressError extends HistoryError {
  override readonly name = 'StoreAddressError'
}

/** A batch would be recorded before the one that is already there, which would change what was known on a day gone by. */
export class RecordedAtOrderError extends HistoryError {
  override readonly name = 'RecordedAtOrderError'
}
