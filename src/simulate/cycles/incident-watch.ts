import { HistoryWatch } from '../history-watch.ts';

/** Adds up what one service suffers in an incident, and nothing about groups and elements: half the time of a sample. */
export class IncidentWatch extends HistoryWatch {
  override failed(): void {}
  override elementChanged(): void {}
  override memberFailed(): void {}
  override alarmed(): void {}
  override coverageDrawn(): void {}
  override contained(): void {}
  override switchedOver(): void {}
  override raced(): void {}
  override marked(): void {}
  override elementMarked(): void {}
  override failoverEnded(): void {}
  override stepChanged(): void {}
  override groupChanged(): void {}
}
