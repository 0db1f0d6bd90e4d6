<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AdapterQuestion</name>
    <message>
        <source>Merge the adapter?</source>
        <translation>Adapter einrechnen?</translation>
    </message>
    <message>
        <source>Beside the weights lies an adapter (adapter_config.json in %1). Merged into them it changes what every head computes.</source>
        <translation>Neben den Gewichten liegt ein Adapter (adapter_config.json in %1). Eingerechnet verändert er, was jeder Kopf berechnet.</translation>
    </message>
    <message>
        <source>The two are different models. The answer is kept in the project and stands in every export; Compare shows both side by side.</source>
        <translation>Das sind zwei verschiedene Modelle. Die Antwort bleibt im Projekt und steht in jedem Export; der Vergleich zeigt beide nebeneinander.</translation>
    </message>
    <message>
        <source>&amp;Merge the adapter</source>
        <translation>&amp;Adapter einrechnen</translation>
    </message>
    <message>
        <source>&amp;Weights alone</source>
        <translation>Nur die &amp;Gewichte</translation>
    </message>
</context>
<context>
    <name>Causes</name>
    <message>
        <source>The two prompts do not align: activations are exchanged position by position, so both need the same number of tokens.</source>
        <translation>Die beiden Prompts passen nicht zueinander: Aktivierungen werden Stelle für Stelle getauscht, also brauchen beide gleich viele Token.</translation>
    </message>
    <message>
        <source>The two prompts do not align: %1 against %2 tokens. Activations are exchanged position by position: change a word for one of as many tokens.</source>
        <translation>Die beiden Prompts passen nicht zueinander: %1 gegen %2 Token. Aktivierungen werden Stelle für Stelle getauscht: Ersetzen Sie ein Wort durch eines mit ebenso vielen Token.</translation>
    </message>
    <message>
        <source>The answer is not one token (%1). A logit belongs to one token: choose one, and mind the space before it.</source>
        <translation>Die Antwort ist nicht ein Token (%1). Ein Logit gehört zu einem Token: Wählen Sie eines und achten Sie auf das Leerzeichen davor.</translation>
    </message>
    <message>
        <source>The wrong answer is not one token (%1). A logit belongs to one token: choose one, and mind the space before it.</source>
        <translation>Die falsche Antwort ist nicht ein Token (%1). Ein Logit gehört zu einem Token: Wählen Sie eines und achten Sie auf das Leerzeichen davor.</translation>
    </message>
    <message>
        <source>This model brings no tokeniser: give answers as ids, for example #12.</source>
        <translation>Dieses Modell bringt keinen Tokenizer mit: Geben Sie Antworten als Nummern an, zum Beispiel #12.</translation>
    </message>
    <message>
        <source>One pair of prompts: no interval.</source>
        <translation>Ein Paar von Prompts: kein Intervall.</translation>
    </message>
    <message>
        <source>Estimate against exact, %1 cells: rank correlation %2, largest error %3.</source>
        <translation>Schätzung gegen exakt, %1 Zellen: Rangkorrelation %2, größter Fehler %3.</translation>
    </message>
    <message>
        <source>Estimate against exact, %1 cells: largest error %2.</source>
        <translation>Schätzung gegen exakt, %1 Zellen: größter Fehler %2.</translation>
    </message>
    <message>
        <source>Measured: logit of “%1” after “%2”; clean %3, corrupted %4.</source>
        <translation>Gemessen: Logit von „%1“ nach „%2“; sauber %3, verfälscht %4.</translation>
    </message>
    <message>
        <source>Measured: logit of “%1” minus “%2” after “%3”; clean %4, corrupted %5.</source>
        <translation>Gemessen: Logit von „%1“ minus „%2“ nach „%3“; sauber %4, verfälscht %5.</translation>
    </message>
    <message>
        <source>There is no token #%1: this model&apos;s ids are %2. Type another id, or the token&apos;s text.</source>
        <translation>Es gibt kein Token #%1: Die Nummern dieses Modells sind %2. Eine andere Nummer oder den Text des Tokens eingeben.</translation>
    </message>
    <message>
        <source>Both prompts give nearly the same number (they differ by %1, at least 0.1 is needed), so a share of that difference would mean nothing. The effects are shown in logits; for shares, choose prompts with different answers or another answer.</source>
        <translation>Beide Prompts ergeben fast dieselbe Zahl (Unterschied %1, mindestens 0.1 ist nötig); ein Anteil an diesem Unterschied hätte keine Bedeutung. Die Wirkungen stehen in Logits da; für Anteile Prompts mit verschiedenen Antworten oder eine andere Antwort wählen.</translation>
    </message>
    <message>
        <source>This model has no output layer: it gives no logits that a cause could be asked for. Open the full model, with its output layer.</source>
        <translation>Dieses Modell hat keine Ausgabeschicht: Es liefert keine Logits, nach deren Ursache man fragen könnte. Das vollständige Modell mit Ausgabeschicht öffnen.</translation>
    </message>
    <message>
        <source>This file holds attention only: causes need the model&apos;s weights. Open the model itself.</source>
        <translation>Diese Datei enthält nur Attention: Ursachen brauchen die Gewichte des Modells. Das Modell selbst öffnen.</translation>
    </message>
    <message>
        <source>“%1” is not one token (%2), but “%3” is: mind the space.</source>
        <translation>„%1“ ist nicht ein Token (%2), „%3“ aber schon: Achten Sie auf das Leerzeichen.</translation>
    </message>
</context>
<context>
    <name>CellReadout</name>
    <message>
        <source>score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>value-weighted</source>
        <translation>value-gewichtet</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Query word %1 %2</source>
        <translation>Query-Wort %1 %2</translation>
    </message>
    <message>
        <source>Query %1 %2</source>
        <translation>Query %1 %2</translation>
    </message>
    <message>
        <source>Query word %1 %2 → key word %3 %4</source>
        <translation>Query-Wort %1 %2 → Key-Wort %3 %4</translation>
    </message>
    <message>
        <source>Query %1 %2 → key %3 %4</source>
        <translation>Query %1 %2 → Key %3 %4</translation>
    </message>
    <message>
        <source>left out: first key</source>
        <translation>weggelassen: erster Key</translation>
    </message>
    <message>
        <source>masked: a query cannot see later keys</source>
        <translation>maskiert: eine Query sieht keine späteren Keys</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>wird berechnet</translation>
    </message>
    <message>
        <source>rank %1 of %2</source>
        <translation>Rang %1 von %2</translation>
    </message>
    <message>
        <source>column mean %1</source>
        <translation>Spaltenmittel %1</translation>
    </message>
    <message>
        <source>query %1 %2</source>
        <translation>Query %1 %2</translation>
    </message>
    <message>
        <source>key %1 %2</source>
        <translation>Key %1 %2</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>the row&apos;s sink takes %1</source>
        <translation>die Senke der Zeile nimmt %1</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>run this text at the start</source>
        <translation>diesen Text beim Start rechnen</translation>
    </message>
    <message>
        <source>the head to show, like L5H1</source>
        <translation>der gezeigte Kopf, etwa L5H1</translation>
    </message>
    <message>
        <source>light, dark or system</source>
        <translation>light, dark oder system</translation>
    </message>
    <message>
        <source>open a .headscope project</source>
        <translation>ein .headscope-Projekt öffnen</translation>
    </message>
    <message>
        <source>the prompt</source>
        <translation>der Prompt</translation>
    </message>
    <message>
        <source>the prompt is in this UTF-8 file (- is standard input; a last line break is left out)</source>
        <translation>der Prompt steht in dieser UTF-8-Datei (- ist die Standardeingabe; ein letzter Zeilenumbruch entfällt)</translation>
    </message>
    <message>
        <source>the prompt as token ids, like 1,2,3; nothing is put before them</source>
        <translation>der Prompt als Token-IDs, etwa 1,2,3; nichts wird davorgesetzt</translation>
    </message>
    <message>
        <source>sample of an attention dump, from 0</source>
        <translation>Beispiel eines Attention-Dumps, ab 0</translation>
    </message>
    <message>
        <source>file to write</source>
        <translation>zu schreibende Datei</translation>
    </message>
    <message>
        <source>half the size: write 16-bit numbers</source>
        <translation>halbe Größe: 16-Bit-Zahlen schreiben</translation>
    </message>
    <message>
        <source>weights (default), scores or value-weighted</source>
        <translation>weights (Standard), scores oder value-weighted</translation>
    </message>
    <message>
        <source>size of its text, 6.5 by default</source>
        <translation>Größe ihrer Schrift, sonst 6.5</translation>
    </message>
    <message>
        <source>dots per inch of a PNG, 300 by default</source>
        <translation>Punkte je Zoll eines PNG, sonst 300</translation>
    </message>
    <message>
        <source>attention, viridis, magma, cividis</source>
        <translation>attention, viridis, magma, cividis</translation>
    </message>
    <message>
        <source>FILE.json, or key=value (repeatable), for what a file does not say</source>
        <translation>FILE.json oder key=value (mehrfach möglich), für das, was eine Datei nicht sagt</translation>
    </message>
    <message>
        <source>threads to compute with</source>
        <translation>Threads zum Rechnen</translation>
    </message>
    <message>
        <source>en or de; otherwise the system&apos;s language</source>
        <translation>en oder de; sonst die Sprache des Systems</translation>
    </message>
    <message>
        <source>no progress, no summary</source>
        <translation>kein Fortschritt, keine Zusammenfassung</translation>
    </message>
    <message>
        <source>print the version</source>
        <translation>Version ausgeben</translation>
    </message>
    <message>
        <source>print this help</source>
        <translation>diese Hilfe ausgeben</translation>
    </message>
    <message>
        <source>%1: %2 tensors, layout native</source>
        <translation>%1: %2 Tensoren, eigenes Layout</translation>
    </message>
    <message>
        <source>%1: head %2, %3 × %4 tokens</source>
        <translation>%1: Kopf %2, %3 × %4 Tokens</translation>
    </message>
    <message>
        <source>analyses of the weights of each head</source>
        <translation>Analysen der Gewichte jedes Kopfes</translation>
    </message>
    <message>
        <source>turning text into tokens</source>
        <translation>Text in Tokens zerlegen</translation>
    </message>
    <message>
        <source>attention of every head on a prompt</source>
        <translation>Attention jedes Kopfes bei einem Prompt</translation>
    </message>
    <message>
        <source>next-token probabilities, loss, switching heads off</source>
        <translation>Wahrscheinlichkeiten des nächsten Tokens, Verlust, Köpfe ausschalten</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>tokeniser</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keiner gefunden</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Tensors (%1)</source>
        <translation>Tensoren (%1)</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>es fehlt</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>works</source>
        <translation>es geht</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>attention dump</source>
        <translation>Attention-Dump</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>made with</source>
        <translation>erzeugt mit</translation>
    </message>
    <message>
        <source>Samples (%1)</source>
        <translation>Beispiele (%1)</translation>
    </message>
    <message>
        <source>  %1: %2 layers, %3 heads, %4 × %5 tokens</source>
        <translation>  %1: %2 Schichten, %3 Köpfe, %4 × %5 Tokens</translation>
    </message>
    <message>
        <source>the model&apos;s weights</source>
        <translation>die Gewichte des Modells</translation>
    </message>
    <message>
        <source>maps, statistics, figures</source>
        <translation>Karten, Statistik, Abbildungen</translation>
    </message>
    <message>
        <source>%1: %2 tokens, %3 layers</source>
        <translation>%1: %2 Tokens, %3 Schichten</translation>
    </message>
    <message>
        <source>loss %1 nats</source>
        <translation>Verlust %1 nats</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>see %1</source>
        <translation>siehe %1</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>Prints the layout found, the configuration with the origin of each value, the tensors, what is missing and what works.</source>
        <translation>Gibt das gefundene Layout aus, die Konfiguration mit der Herkunft jedes Werts, die Tensoren, was fehlt und was geht.</translation>
    </message>
    <message>
        <source>Writes the map of one head: png, svg or pdf as a figure, csv or npy as numbers, by the ending of FIGURE. An attention dump
needs no text.</source>
        <translation>Schreibt die Karte eines Kopfes: png, svg oder pdf als Abbildung, csv oder npy als Zahlen, je nach Endung von FIGURE.
Ein Attention-Dump braucht keinen Text.</translation>
    </message>
    <message>
        <source>Writes any readable model in HeadScope&apos;s own layout, with configuration and tokeniser inside.</source>
        <translation>Schreibt ein lesbares Modell in das eigene Layout von HeadScope, mit Konfiguration und Tokenizer darin.</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Aufruf: %1</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>Beispiele:</translation>
    </message>
    <message>
        <source>The program&apos;s numbers match the stored reference: logits to %1, attention to %2 (%3 prompts).</source>
        <translation>Die Zahlen des Programms stimmen mit der gespeicherten Referenz überein: Logits bis auf %1, Attention bis auf %2 (%3 Prompts).</translation>
    </message>
    <message>
        <source>The program&apos;s numbers DIFFER from the stored reference: logits by %1, attention by %2 (%3 prompts).</source>
        <translation>Die Zahlen des Programms WEICHEN von der gespeicherten Referenz AB: Logits um %1, Attention um %2 (%3 Prompts).</translation>
    </message>
    <message>
        <source>HeadScope report</source>
        <translation>HeadScope-Bericht</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>token ids</source>
        <translation>Token-IDs</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>%1 nats a token</source>
        <translation>%1 nats je Token</translation>
    </message>
    <message>
        <source>Most probable next tokens:</source>
        <translation>Wahrscheinlichste nächste Tokens:</translation>
    </message>
    <message>
        <source>Maps: row = query, column = key, darker = more attention, zero is the paper&apos;s own white; the scale stands beside each map.
Every PNG and SVG carries its own recipe (model, prompt, head, scale) in its metadata.</source>
        <translation>Karten: Zeile = Query, Spalte = Key, dunkler = mehr Attention, null ist das Weiß des Papiers; die Skala steht neben jeder Karte.
Jedes PNG und SVG trägt sein eigenes Rezept (Modell, Prompt, Kopf, Skala) in den Metadaten.</translation>
    </message>
    <message>
        <source>all heads, one row for each layer</source>
        <translation>alle Köpfe, eine Zeile je Schicht</translation>
    </message>
    <message>
        <source>numbers of every head on this prompt</source>
        <translation>Zahlen jedes Kopfes bei diesem Prompt</translation>
    </message>
    <message>
        <source>Report written to %1</source>
        <translation>Bericht geschrieben nach %1</translation>
    </message>
    <message>
        <source>largest mean weight on what followed an earlier occurrence of the same token</source>
        <translation>größtes mittleres Gewicht auf dem, was einem früheren Vorkommen desselben Tokens folgte</translation>
    </message>
    <message>
        <source>largest mean distance between query and key</source>
        <translation>größte mittlere Distanz zwischen Query und Key</translation>
    </message>
    <message>
        <source>largest mean weight on the previous token</source>
        <translation>größtes mittleres Gewicht auf dem vorigen Token</translation>
    </message>
    <message>
        <source>largest mean weight on the first token</source>
        <translation>größtes mittleres Gewicht auf dem ersten Token</translation>
    </message>
    <message>
        <source>this will take about %1 s</source>
        <translation>das dauert etwa %1 s</translation>
    </message>
    <message>
        <source>seed of everything random, 0 by default</source>
        <translation>Startwert alles Zufälligen, sonst 0</translation>
    </message>
    <message>
        <source>longest document in tokens, 128 by default</source>
        <translation>längstes Dokument in Token, sonst 128</translation>
    </message>
    <message>
        <source>thresholds: default, clark, strict, or a JSON file</source>
        <translation>Schwellen: default, clark, strict oder eine JSON-Datei</translation>
    </message>
    <message>
        <source>weigh attention by the norm of what is read</source>
        <translation>Attention nach der Norm des Gelesenen wiegen</translation>
    </message>
    <message>
        <source>mean over all rows instead of over documents</source>
        <translation>Mittel über alle Zeilen statt über Dokumente</translation>
    </message>
    <message>
        <source>leave out what needs text</source>
        <translation>weglassen, was Text braucht</translation>
    </message>
    <message>
        <source>leave out made sequences</source>
        <translation>erzeugte Folgen weglassen</translation>
    </message>
    <message>
        <source>leave out what is read from the weights</source>
        <translation>weglassen, was aus den Gewichten kommt</translation>
    </message>
    <message>
        <source>leave out the causal checks</source>
        <translation>Kausalprüfungen weglassen</translation>
    </message>
    <message>
        <source>%1: %2 heads, %3 unlabelled, %4 tests</source>
        <translation>%1: %2 Köpfe, %3 ohne Bezeichnung, %4 Tests</translation>
    </message>
    <message>
        <source>text to read: a file or a folder (repeatable); label: otherwise the corpus that ships</source>
        <translation>zu lesender Text: eine Datei oder ein Ordner (mehrfach möglich); label: sonst der mitgelieferte Korpus</translation>
    </message>
    <message>
        <source>pk, cs, simple-cs, cka, procrustes (weights); js, output-cka (on a text)</source>
        <translation>pk, cs, simple-cs, cka, procrustes (Gewichte); js, output-cka (auf einem Text)</translation>
    </message>
    <message>
        <source>what is compared with what, of Q, K, V, O: OQ, OK, OV, QQ ...</source>
        <translation>was womit verglichen wird, aus Q, K, V, O: OQ, OK, OV, QQ ...</translation>
    </message>
    <message>
        <source>raw (default), folded (norm gain inside) or folded-centred</source>
        <translation>raw (roh, Vorgabe), folded (Faktor der Norm eingerechnet) oder folded-centred (auch zentriert)</translation>
    </message>
    <message>
        <source>%1 × %2 heads, %3 pairs</source>
        <translation>%1 × %2 Köpfe, %3 Paare</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>strongest %1 %2</source>
        <translation>am stärksten %1 %2</translation>
    </message>
    <message>
        <source>Compares all heads with all heads. OQ is what an earlier head writes against what a later head&apos;s query reads; pairs that cannot
compose are NaN. QQ, KK, VV and OO compare every pair. Rows are sources, columns targets, layer by layer; key and value heads
that query heads share stand once (cs: for each query head). HDF5 holds the raw values (S) and those above chance (corrected).</source>
        <translation>Vergleicht alle Köpfe mit allen. OQ: was ein früherer Kopf schreibt mit dem, was die Anfrage eines späteren liest; Paare, die nicht
zusammenwirken können, sind NaN. QQ, KK, VV und OO vergleichen jedes Paar. Zeilen sind Quellen, Spalten Ziele, Schicht um Schicht;
gemeinsame Schlüssel- und Wertköpfe stehen einmal (bei cs: je Anfragekopf). HDF5 hält die rohen Werte (S) und die über Zufall (corrected).</translation>
    </message>
    <message>
        <source>text whose prompts are measured: a UTF-8 file or a folder of *.txt (- is standard input)</source>
        <translation>Text, dessen Prompts gemessen werden: eine UTF-8-Datei oder ein Ordner mit *.txt (- ist die Standardeingabe)</translation>
    </message>
    <message>
        <source>gate (default), ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, weight-qk, confidence, depth</source>
        <translation>gate (Standard), ablation-zero, ablation-mean, ablation-resample, ablation-uniform, weight-out, weight-ov, weight-qk, confidence, depth</translation>
    </message>
    <message>
        <source>token ids with commas between them, one prompt a line; nothing is put before them</source>
        <translation>Token-IDs mit Kommas dazwischen, ein Prompt je Zeile; nichts wird davorgesetzt</translation>
    </message>
    <message>
        <source>none (default), or layer: values divided by the l2 norm of their layer</source>
        <translation>none (Standard) oder layer: Werte geteilt durch die l2-Norm ihrer Schicht</translation>
    </message>
    <message>
        <source>text that scores, means and resampled outputs come from: a file or a folder of *.txt (importance: the text itself by default)</source>
        <translation>Text, aus dem Scores, Mittel und gezogene Ausgaben stammen: eine Datei oder ein Ordner mit *.txt (importance: sonst der Text selbst)</translation>
    </message>
    <message>
        <source>text that loss, accuracy and KL are measured on: a file or a folder of *.txt</source>
        <translation>Text, an dem Verlust, Trefferquote und KL gemessen werden: eine Datei oder ein Ordner mit *.txt</translation>
    </message>
    <message>
        <source>what takes a head&apos;s place: mean (default), zero, resample or uniform</source>
        <translation>was an die Stelle eines Kopfes tritt: mean (Standard), zero, resample oder uniform</translation>
    </message>
    <message>
        <source>heads cut in each step: 10% of all (default), or a number like 2</source>
        <translation>Köpfe, die je Schritt wegfallen: 10% von allen (Standard) oder eine Zahl wie 2</translation>
    </message>
    <message>
        <source>score, reverse, greedy, hard-concrete, random, magnitude or layer-drop (repeatable); all but greedy and hard-concrete by default</source>
        <translation>score, reverse, greedy, hard-concrete, random, magnitude oder layer-drop (mehrfach möglich); sonst alle außer greedy und hard-concrete</translation>
    </message>
    <message>
        <source>measure the score once, not again after each step</source>
        <translation>den Score einmal messen, nicht nach jedem Schritt neu</translation>
    </message>
    <message>
        <source>random orders to compare with, 20 by default</source>
        <translation>zufällige Reihenfolgen zum Vergleich, sonst 20</translation>
    </message>
    <message>
        <source>heads to keep in the file that --write writes</source>
        <translation>Köpfe, die in der Datei von --write bleiben</translation>
    </message>
    <message>
        <source>write a model without the heads that the score cuts first</source>
        <translation>ein Modell ohne die Köpfe schreiben, die der Score zuerst wegnimmt</translation>
    </message>
    <message>
        <source>go on with the experiment in this JSON file if it is there, and save it there, also when stopped</source>
        <translation>mit dem Experiment in dieser JSON-Datei weitermachen, wenn es sie gibt, und es dort sichern, auch bei Abbruch</translation>
    </message>
    <message>
        <source>other prompts tried for each prompt when resampling, 10 by default</source>
        <translation>andere Prompts, die beim Ziehen (resample) je Prompt probiert werden, sonst 10</translation>
    </message>
    <message>
        <source>of everything random, 1 by default</source>
        <translation>für alles Zufällige, sonst 1</translation>
    </message>
    <message>
        <source>longest prompt in tokens; the model&apos;s context by default</source>
        <translation>längster Prompt in Tokens; sonst der Kontext des Modells</translation>
    </message>
    <message>
        <source>most prompts to use, evenly spread over the text; all by default</source>
        <translation>höchste Zahl von Prompts, gleichmäßig über den Text verteilt; sonst alle</translation>
    </message>
    <message>
        <source>%1: %2 heads</source>
        <translation>%1: %2 Köpfe</translation>
    </message>
    <message>
        <source>%1 prompts, %2 tokens</source>
        <translation>%1 Prompts, %2 Tokens</translation>
    </message>
    <message>
        <source>highest %1: %2</source>
        <translation>höchster %1: %2</translation>
    </message>
    <message>
        <source>order %1: below the random band at %2 of %3 points</source>
        <translation>Reihenfolge %1: unter dem Zufallsband an %2 von %3 Punkten</translation>
    </message>
    <message>
        <source>not below with %1 heads left</source>
        <translation>nicht darunter mit %1 Köpfen</translation>
    </message>
    <message>
        <source>%1: %2 orders, %3 prompts, %4 tokens; loss %5 nats with all %6 heads</source>
        <translation>%1: %2 Reihenfolgen, %3 Prompts, %4 Tokens; Verlust %5 nats mit allen %6 Köpfen</translation>
    </message>
    <message>
        <source>%1: %2 of %3 heads; %4 to %5 bytes; a pass takes %6 instead of %7 ms; largest difference to the masked model %8</source>
        <translation>%1: %2 von %3 Köpfen; %4 auf %5 Bytes; ein Durchgang braucht %6 statt %7 ms; größter Unterschied zum maskierten Modell %8</translation>
    </message>
    <message>
        <source>Cuts heads step by step in the order of a score, and in orders to compare with: magnitude, whole layers, reverse, random.
CURVE.csv has the columns step, heads_left, order, seed, loss, accuracy, kl, lo, hi; lo and hi are 5 and 95 % of the loss:
over the seeds for random orders, by bootstrap over test documents for the others. --write removes heads physically, in
HeadScope&apos;s own layout; for mean ablation their mean output goes into the bias of the layer.</source>
        <translation>Nimmt Köpfe Schritt für Schritt weg, in der Reihenfolge eines Scores und zum Vergleich nach Norm, in ganzen Schichten, umgekehrt
und zufällig. CURVE.csv hat die Spalten step, heads_left, order, seed, loss, accuracy, kl, lo, hi; lo und hi sind 5 und 95 % des
Verlusts: bei zufälligen Reihenfolgen über die Seeds, sonst durch Bootstrap über die Testdokumente. --write entfernt Köpfe wirklich,
im eigenen Layout von HeadScope; bei mean geht ihre mittlere Ausgabe in den Bias der Schicht.</translation>
    </message>
    <message>
        <source>the prompt with the right answer</source>
        <translation>der Prompt mit der richtigen Antwort</translation>
    </message>
    <message>
        <source>the other prompt, of the same number of tokens</source>
        <translation>der andere Prompt, mit gleich vielen Tokens</translation>
    </message>
    <message>
        <source>the right answer, one token (with its space), or #ID</source>
        <translation>die richtige Antwort, ein Token (mit seinem Leerzeichen), oder #ID</translation>
    </message>
    <message>
        <source>the wrong answer: effects are of the difference of both logits</source>
        <translation>die falsche Antwort: Wirkungen gelten der Differenz beider Logits</translation>
    </message>
    <message>
        <source>what is patched: resid_pre, resid_mid, resid_post, attn_out, mlp_out, z (default), q, k, v, pattern</source>
        <translation>was ersetzt wird: resid_pre, resid_mid, resid_post, attn_out, mlp_out, z (Vorgabe), q, k, v, pattern</translation>
    </message>
    <message>
        <source>head, position or head-position: one patch each; by default head where the site has heads</source>
        <translation>head, position oder head-position: je eine Ersetzung; Vorgabe head, wo die Stelle Köpfe hat</translation>
    </message>
    <message>
        <source>denoise (default): clean into corrupt; noise: the other way</source>
        <translation>denoise (Vorgabe): clean in corrupt; noise: umgekehrt</translation>
    </message>
    <message>
        <source>%1: logit difference %2 clean, %3 corrupted, %4 patches at %5</source>
        <translation>%1: Logit-Differenz %2 sauber, %3 verfälscht, %4 Ersetzungen an %5</translation>
    </message>
    <message>
        <source>Both prompts hardly differ: the file holds changes of the logit difference, not shares of it.</source>
        <translation>Beide Prompts unterscheiden sich kaum: Die Datei enthält Änderungen der Logit-Differenz, keine Anteile.</translation>
    </message>
    <message>
        <source>edges of each type, the strongest; 20 by default</source>
        <translation>Kanten jeder Art, die stärksten; sonst 20</translation>
    </message>
    <message>
        <source>class list (JSON or CSV): say how well the measure finds its heads</source>
        <translation>Klassenliste (JSON oder CSV): sagt, wie gut das Maß ihre Köpfe findet</translation>
    </message>
    <message>
        <source>width of the figure: 85 by default, of a graph 174</source>
        <translation>Breite der Abbildung: sonst 85, bei einem Graphen 174</translation>
    </message>
    <message>
        <source>top %1 of each type</source>
        <translation>die stärksten %1 jeder Art</translation>
    </message>
    <message>
        <source>%1: %2 heads, %3 edges</source>
        <translation>%1: %2 Köpfe, %3 Kanten</translation>
    </message>
    <message>
        <source>%1: %2 of %3 pairs</source>
        <translation>%1: %2 von %3 Paaren</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>random %1</source>
        <translation>Zufall %1</translation>
    </message>
    <message>
        <source>key/value heads are shared: an edge stands for all query heads of its group</source>
        <translation>Key/Value-Köpfe sind geteilt: Eine Kante steht für alle Query-Köpfe ihrer Gruppe</translation>
    </message>
    <message>
        <source>most edges: %1</source>
        <translation>meiste Kanten: %1</translation>
    </message>
    <message>
        <source>%1: %2 heads in a class, %3 in none</source>
        <translation>%1: %2 Köpfe in einer Klasse, %3 in keiner</translation>
    </message>
    <message>
        <source>%1: precision at %2 %3 (%4 hits), PR-AUC %5, random order %6</source>
        <translation>%1: Präzision bei %2 %3 (%4 Treffer), PR-AUC %5, zufällige Reihenfolge %6</translation>
    </message>
    <message>
        <source>Writes the strongest pairs of heads under a measure as a directed graph, earlier heads into later ones: edges with value, chance-
corrected value and rank; for every head the number of edges, strength above chance, PageRank both ways and betweenness.</source>
        <translation>Schreibt die stärksten Paare von Köpfen unter einem Maß als gerichteten Graphen, frühere Köpfe in spätere: Kanten mit Wert, zufalls-
bereinigtem Wert und Rang; zu jedem Kopf die Zahl der Kanten, Stärke über dem Zufall, PageRank in beide Richtungen und Betweenness.</translation>
    </message>
    <message>
        <source>one threshold, like local.kappa-uniform=0.4 (repeatable); a wrong name lists the right ones</source>
        <translation>eine Schwelle, etwa local.kappa-uniform=0.4 (mehrfach möglich); ein falscher Name nennt die richtigen</translation>
    </message>
    <message>
        <source>nothing could be tested on this file; the scores that its weights give are written</source>
        <translation>an dieser Datei war nichts zu testen; die Werte aus ihren Gewichten sind geschrieben</translation>
    </message>
    <message>
        <source>Names what every attention head does, with score, null, interval, p and q of every label, to a .json or .csv file.
A label is awarded, a candidate (strong enough, not proven), insufficient (too little evidence) or none. Awarded ones are
checked by knocking out the attention they describe. Thresholds and everything else that took part are in the file.
Without text or tokeniser, labels come from made sequences and the weights; of a partial file from its weights alone.</source>
        <translation>Benennt, was jeder Attention-Kopf tut, mit Wert, Nullwert, Intervall, p und q jedes Namens, in eine .json- oder .csv-Datei.
Ein Name ist vergeben (awarded), Kandidat (candidate: stark genug, nicht bewiesen), unklar (insufficient: zu wenig Belege)
oder nein (none). Vergebene werden geprüft, indem die beschriebene Attention ausgeschaltet wird. Schwellen und alles andere,
was mitspielte, stehen in der Datei. Ohne Text oder Tokenizer kommen Namen aus künstlichen Folgen und den Gewichten.</translation>
    </message>
    <message>
        <source>text: %1, passages: %2</source>
        <translation>Text: %1, Passagen: %2</translation>
    </message>
    <message>
        <source>no text was read</source>
        <translation>kein Text wurde gelesen</translation>
    </message>
    <message>
        <source>write any readable model in HeadScope&apos;s own layout</source>
        <translation>ein lesbares Modell in das eigene Layout von HeadScope schreiben</translation>
    </message>
    <message>
        <source>one head as a figure or as numbers</source>
        <translation>einen Kopf als Abbildung oder als Zahlen</translation>
    </message>
    <message>
        <source>the strongest pairs of heads as a graph</source>
        <translation>die stärksten Paare von Köpfen als Graph</translation>
    </message>
    <message>
        <source>what each head is worth, as CSV or JSON</source>
        <translation>was jeder Kopf wert ist, als CSV oder JSON</translation>
    </message>
    <message>
        <source>what is in the file, and what works with it</source>
        <translation>was in der Datei ist und was damit geht</translation>
    </message>
    <message>
        <source>print JSON: layout, config, tensors, missing, works, hash</source>
        <translation>JSON ausgeben: layout, config, tensors, missing, works, hash</translation>
    </message>
    <message>
        <source>what each head does, with evidence</source>
        <translation>was jeder Kopf tut, mit Belegen</translation>
    </message>
    <message>
        <source>put activations of one prompt into another</source>
        <translation>Aktivierungen eines Prompts in einen anderen einsetzen</translation>
    </message>
    <message>
        <source>loss against heads left, and a model without heads</source>
        <translation>Verlust gegen bleibende Köpfe, und ein Modell ohne Köpfe</translation>
    </message>
    <message>
        <source>run a text, write attention, logits and head outputs</source>
        <translation>einen Text rechnen, Attention, Logits und Kopfausgaben schreiben</translation>
    </message>
    <message>
        <source>heads against heads, from weights or behaviour</source>
        <translation>alle Köpfe mit allen vergleichen, aus Gewichten oder Verhalten</translation>
    </message>
    <message>
        <source>no window: write atlas, three heads (PNG, SVG), numbers (CSV) and a README.txt to this folder</source>
        <translation>kein Fenster: Atlas, drei Köpfe (PNG, SVG), Zahlen (CSV) und eine README.txt in diesen Ordner schreiben</translation>
    </message>
    <message>
        <source>Commands that need no window:</source>
        <translation>Befehle, die kein Fenster brauchen:</translation>
    </message>
    <message>
        <source>headscope COMMAND --help tells more.</source>
        <translation>headscope COMMAND --help sagt mehr.</translation>
    </message>
    <message>
        <source>Heads against heads (--measure of similarity and graph):</source>
        <translation>Köpfe gegen Köpfe (--measure von similarity und graph):</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>corpus</source>
        <translation>Korpus</translation>
    </message>
    <message>
        <source>all pairings</source>
        <translation>alle Paarungen</translation>
    </message>
    <message>
        <source>small means alike</source>
        <translation>klein heißt ähnlich</translation>
    </message>
    <message>
        <source>with chance level</source>
        <translation>mit Zufallsniveau</translation>
    </message>
    <message>
        <source>Single heads (from their weights):</source>
        <translation>Einzelne Köpfe (aus ihren Gewichten):</translation>
    </message>
    <message>
        <source>what heads can be compared by</source>
        <translation>womit Köpfe verglichen werden können</translation>
    </message>
    <message>
        <source>Lists the measures between heads and the numbers of single heads: what each reads, which pairings it takes, whether chance is known.</source>
        <translation>Nennt die Maße zwischen Köpfen und die Zahlen einzelner Köpfe: was jedes liest, welche Paarungen es nimmt, ob ein Zufallsniveau bekannt ist.</translation>
    </message>
    <message>
        <source>print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>check an HDF5 file with N times 5 s and 1 GiB, for a big one you trust; 1 by default</source>
        <translation>eine HDF5-Datei mit dem N-fachen von 5 s und 1 GiB prüfen, für eine große, der Sie trauen; Vorgabe 1</translation>
    </message>
    <message>
        <source>replace a file also where HeadScope did not write it</source>
        <translation>eine Datei auch dann ersetzen, wenn HeadScope sie nicht geschrieben hat</translation>
    </message>
    <message>
        <source>neither read nor store a result in the cache folder</source>
        <translation>kein Ergebnis im Cache-Ordner lesen oder ablegen</translation>
    </message>
    <message>
        <source>tokeniser file or folder; none: token ids only</source>
        <translation>Tokenizer-Datei oder -Ordner; none: nur Token-IDs</translation>
    </message>
    <message>
        <source>read special tokens in a text, like &lt;|endoftext|&gt;, as their letters, not as the token</source>
        <translation>Sondertokens in einem Text, etwa &lt;|endoftext|&gt;, als ihre Buchstaben lesen, nicht als das Token</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>nicht lesbar: %1</translation>
    </message>
    <message>
        <source>the clean prompt as token ids, like 1,2,3; nothing is put before them</source>
        <translation>der saubere Prompt als Token-IDs, etwa 1,2,3; nichts wird davorgesetzt</translation>
    </message>
    <message>
        <source>the other prompt as token ids</source>
        <translation>der andere Prompt als Token-IDs</translation>
    </message>
    <message>
        <source>as --calibrate, in token ids like those of --tokens-file</source>
        <translation>wie --calibrate, in Token-IDs wie denen von --tokens-file</translation>
    </message>
    <message>
        <source>Exit status: 0 done, 1 the input or the work failed, 2 wrong usage, 3 the model cannot be computed exactly as it stands, or something that only you can say is missing, 130 cancelled.</source>
        <translation>Rückgabewert: 0 fertig, 1 Eingabe oder Arbeit misslungen, 2 falscher Aufruf, 3 das Modell lässt sich, so wie es ist, nicht exakt berechnen, oder es fehlt eine Angabe, die nur Sie machen können, 130 abgebrochen.</translation>
    </message>
    <message>
        <source>documents, evenly spread (0: all); otherwise up to 400, as many as trust.text-work pays for</source>
        <translation>so viele Dokumente, gleichmäßig verteilt (0: alle); sonst bis zu 400, so viele wie trust.text-work bezahlt</translation>
    </message>
    <message>
        <source>LoRA adapter to merge into the weights, or none; has to be said where one lies beside them</source>
        <translation>LoRA-Adapter, der in die Gewichte eingerechnet wird, oder none; muss gesagt werden, wo einer neben ihnen liegt</translation>
    </message>
    <message>
        <source>measure the loss against these: position:id pairs like 5:12,6:3, positions from 0, one line a prompt of --tokens-file</source>
        <translation>den Verlust an diesen messen: Paare Position:Nummer wie 5:12,6:3, Positionen ab 0, eine Zeile je Prompt von --tokens-file</translation>
    </message>
    <message>
        <source>hide positions that hold the model&apos;s padding token from every query, and leave them out of losses and means</source>
        <translation>Positionen mit dem Füll-Token des Modells vor jeder Query verbergen und aus Verlusten und Mitteln lassen</translation>
    </message>
    <message>
        <source>What each head is worth. gate: mean over prompts of |dL/dxi| of a gate on the head, and its signed mean. ablation-...: mean over
prompts of the loss with the head cut minus the loss, exact. Intervals: 95 %, bootstrap over documents; none for one prompt.
The loss is that of each next token, or with --targets that of the outputs which they name.</source>
        <translation>Was jeder Kopf wert ist. gate: Mittel über Prompts von |dL/dxi| eines Tors am Kopf, und das Mittel mit Vorzeichen. ablation-...:
Mittel über Prompts von Verlust ohne den Kopf minus Verlust, exakt. Intervalle: 95 %, Bootstrap über Dokumente; keines bei einem
Prompt. Der Verlust ist der jedes nächsten Tokens, mit --targets der an den Ausgaben, die dort stehen.</translation>
    </message>
    <message>
        <source>%1: loss %2 clean, %3 corrupted, %4 patches at %5</source>
        <translation>%1: Verlust %2 sauber, %3 verfälscht, %4 Patches bei %5</translation>
    </message>
    <message>
        <source>Both prompts hardly differ: the file holds changes of the loss, not shares of it.</source>
        <translation>Beide Prompts unterscheiden sich kaum: Die Datei enthält Änderungen des Verlusts, keine Anteile daran.</translation>
    </message>
    <message>
        <source>Puts activations of one prompt into the run of another, one layer and head or position at a time, and writes what each does to the
answer&apos;s logit, or with --targets to the loss: /effect, 0 like the patched prompt, 1 like the other, with the metric itself
in /value.</source>
        <translation>Setzt Aktivierungen eines Prompts in den Lauf eines anderen ein, je Schicht und Kopf oder Position, und schreibt, was das mit dem
Logit der Antwort, mit --targets mit dem Verlust macht: /effect, 0 wie der veränderte Prompt, 1 wie der andere; die Metrik selbst
steht in /value.</translation>
    </message>
    <message>
        <source>instead of an answer: effects are of the loss against these position:id pairs, like 5:12,6:3 (one line)</source>
        <translation>statt einer Antwort: Wirkungen sind die des Verlusts an diesen Paaren Position:Nummer, wie 5:12,6:3 (eine Zeile)</translation>
    </message>
    <message>
        <source>as --targets, for the prompts of --calibrate-tokens</source>
        <translation>wie --targets, für die Prompts von --calibrate-tokens</translation>
    </message>
    <message>
        <source>one a line: tokens of an NPY array, or names for the ids of a model without words</source>
        <translation>je Zeile eines: Tokens eines NPY-Arrays oder Namen für die Ids eines Modells ohne Wörter</translation>
    </message>
    <message>
        <source>A microscope for transformer attention heads. With FILE (weights in HDF5, safetensors, PyTorch, GGUF or NPZ, a folder of
them, an attention dump, an NPY array) or without any, it opens the window.</source>
        <translation>Ein Mikroskop für Attention-Köpfe von Transformern. Mit FILE (Gewichte als HDF5, Safetensors, PyTorch, GGUF oder NPZ, ein Ordner
damit, ein Attention-Dump, ein NPY-Array) oder ohne öffnet sich das Fenster.</translation>
    </message>
    <message>
        <source>probabilities of the token at each place</source>
        <translation>Wahrscheinlichkeiten des Tokens an jeder Stelle</translation>
    </message>
    <message>
        <source>Runs a prompt and writes an attention dump with tokens, ids, attentions, logits [n, V] and z [L, n, H, d_head]; of a model without an output layer the last hidden states, hidden [n, d].</source>
        <translation>Rechnet einen Prompt und schreibt einen Attention-Dump mit tokens, ids, attentions, logits [n, V] und z [L, n, H, d_head]; bei einem Modell ohne Ausgabeschicht die letzten verborgenen Zustände, hidden [n, d].</translation>
    </message>
    <message>
        <source>type (segment) of each token, like 0,0,1,1; 0 for all by default</source>
        <translation>Art (Segment) jedes Tokens, etwa 0,0,1,1; sonst 0 für alle</translation>
    </message>
    <message>
        <source>Most probable tokens at the last place, as the model fills it in:</source>
        <translation>Wahrscheinlichste Tokens an der letzten Stelle, wie das Modell sie füllt:</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>File not found</source>
        <translation>Datei nicht gefunden</translation>
    </message>
    <message>
        <source>There is no %1.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>Check the path, or choose another file.</source>
        <translation>Prüfen Sie den Pfad oder wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Die Datei ist nicht lesbar</translation>
    </message>
    <message>
        <source>The system refuses to read it: %2.</source>
        <translation>Das System verweigert das Lesen: %2.</translation>
    </message>
    <message>
        <source>The system refuses to read it.</source>
        <translation>Das System verweigert das Lesen.</translation>
    </message>
    <message>
        <source>Check the permissions of the file and of its folder.</source>
        <translation>Prüfen Sie die Rechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Die Datei ist leer</translation>
    </message>
    <message>
        <source>The file has no bytes in it.</source>
        <translation>Die Datei enthält kein einziges Byte.</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>Kopieren oder laden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Choose the model file itself.</source>
        <translation>Wählen Sie die Modelldatei selbst.</translation>
    </message>
    <message>
        <source>This is not an HDF5 file</source>
        <translation>Das ist keine HDF5-Datei</translation>
    </message>
    <message>
        <source>The file does not begin as HDF5 files do; it looks like %2.</source>
        <translation>Die Datei beginnt nicht wie eine HDF5-Datei; sie sieht aus wie %2.</translation>
    </message>
    <message>
        <source>The file does not begin as HDF5 files do.</source>
        <translation>Die Datei beginnt nicht wie eine HDF5-Datei.</translation>
    </message>
    <message>
        <source>The file is cut short</source>
        <translation>Die Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>The file ends too early: it has %2, and %3 are needed.</source>
        <translation>Die Datei endet zu früh: Sie hat %2, gebraucht werden %3.</translation>
    </message>
    <message>
        <source>The file ends before all of its data.</source>
        <translation>Die Datei endet, bevor alle Daten gelesen sind.</translation>
    </message>
    <message>
        <source>Copy or download it again; the copy was probably interrupted.</source>
        <translation>Kopieren oder laden Sie sie noch einmal; die Übertragung wurde wohl unterbrochen.</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>Die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>The contents are not consistent at %1.</source>
        <translation>Der Inhalt ist bei %1 widersprüchlich.</translation>
    </message>
    <message>
        <source>The contents of the file are not consistent.</source>
        <translation>Der Inhalt der Datei ist widersprüchlich.</translation>
    </message>
    <message>
        <source>Copy, download or write the file again.</source>
        <translation>Kopieren, laden oder schreiben Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>The file is not safe to open</source>
        <translation>Die Datei lässt sich nicht sicher öffnen</translation>
    </message>
    <message>
        <source>The data is compressed in an unknown way</source>
        <translation>Die Daten sind auf unbekannte Art komprimiert</translation>
    </message>
    <message>
        <source>Dataset %1 needs the compression filter %2, which is not installed.</source>
        <translation>Der Datensatz %1 braucht den Kompressionsfilter %2, der nicht installiert ist.</translation>
    </message>
    <message>
        <source>The file needs a compression filter that is not installed.</source>
        <translation>Die Datei braucht einen Kompressionsfilter, der nicht installiert ist.</translation>
    </message>
    <message>
        <source>Write the file again without compression or with gzip.</source>
        <translation>Schreiben Sie die Datei neu, ohne Kompression oder mit gzip.</translation>
    </message>
    <message>
        <source>The file is too new for this version</source>
        <translation>Die Datei ist zu neu für diese Version</translation>
    </message>
    <message>
        <source>The file has format version %2; this HeadScope reads version %3.</source>
        <translation>Die Datei hat die Formatversion %2; dieses HeadScope liest Version %3.</translation>
    </message>
    <message>
        <source>The file has a newer format version than this HeadScope reads.</source>
        <translation>Die Datei hat eine neuere Formatversion, als dieses HeadScope liest.</translation>
    </message>
    <message>
        <source>Install a newer HeadScope, or write the file in the older format.</source>
        <translation>Installieren Sie ein neueres HeadScope oder schreiben Sie die Datei im älteren Format.</translation>
    </message>
    <message>
        <source>No known model layout</source>
        <translation>Kein bekanntes Modell-Layout</translation>
    </message>
    <message>
        <source>The tensor names fit no layout HeadScope knows.</source>
        <translation>Die Tensornamen passen zu keinem Layout, das HeadScope kennt.</translation>
    </message>
    <message>
        <source>Write the weights with the names of TransformerLens or Hugging Face GPT-2 or LLaMA, or in HeadScope&apos;s own layout.</source>
        <translation>Schreiben Sie die Gewichte mit den Namen von TransformerLens, Hugging Face GPT-2 oder LLaMA oder im eigenen Layout von HeadScope.</translation>
    </message>
    <message>
        <source>Not a kind of file HeadScope knows</source>
        <translation>Diese Dateiart kennt HeadScope nicht</translation>
    </message>
    <message>
        <source>The file looks like %2, which HeadScope does not read.</source>
        <translation>Die Datei sieht aus wie %2; das liest HeadScope nicht.</translation>
    </message>
    <message>
        <source>The contents are of no kind HeadScope reads.</source>
        <translation>Inhalte dieser Art liest HeadScope nicht.</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>Die Datei ist zu groß</translation>
    </message>
    <message>
        <source>%1 has %2; at most %3 are read.</source>
        <translation>%1 hat %2; gelesen werden höchstens %3.</translation>
    </message>
    <message>
        <source>There is more data than HeadScope can read.</source>
        <translation>Es sind mehr Daten, als HeadScope lesen kann.</translation>
    </message>
    <message>
        <source>Use a smaller file, or one with fewer layers or samples.</source>
        <translation>Nehmen Sie eine kleinere Datei oder eine mit weniger Schichten oder Beispielen.</translation>
    </message>
    <message>
        <source>Writing failed</source>
        <translation>Schreiben misslungen</translation>
    </message>
    <message>
        <source>The file could not be written: %2. What was there before is unchanged.</source>
        <translation>Die Datei konnte nicht geschrieben werden: %2. Was vorher da war, ist unverändert.</translation>
    </message>
    <message>
        <source>The file could not be written. What was there before is unchanged.</source>
        <translation>Die Datei konnte nicht geschrieben werden. Was vorher da war, ist unverändert.</translation>
    </message>
    <message>
        <source>Try another folder or another name.</source>
        <translation>Versuchen Sie einen anderen Ordner oder einen anderen Namen.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The disk has no room for %3. What was there before is unchanged.</source>
        <translation>Auf dem Datenträger ist kein Platz für %3. Was vorher da war, ist unverändert.</translation>
    </message>
    <message>
        <source>The disk has no room for this file. What was there before is unchanged.</source>
        <translation>Auf dem Datenträger ist kein Platz für diese Datei. Was vorher da war, ist unverändert.</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>No permission to write there</source>
        <translation>Keine Schreibrechte</translation>
    </message>
    <message>
        <source>Nothing may be written in %1.</source>
        <translation>In %1 darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Nothing may be written in this folder.</source>
        <translation>In diesem Ordner darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>Wählen Sie einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Folder not found</source>
        <translation>Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>The folder for this file does not exist.</source>
        <translation>Den Ordner für diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>Create the folder first, or choose another one.</source>
        <translation>Legen Sie den Ordner erst an oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The written file did not pass its check</source>
        <translation>Die geschriebene Datei hat die Prüfung nicht bestanden</translation>
    </message>
    <message>
        <source>Read back after writing, %1 is %2 instead of %3; the file was not put in place.</source>
        <translation>Nach dem Schreiben zurückgelesen, ist %1 gleich %2 statt %3; die Datei wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>Read back after writing, the contents differ; the file was not put in place.</source>
        <translation>Nach dem Schreiben zurückgelesen, weicht der Inhalt ab; die Datei wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>Try again, or choose another disk.</source>
        <translation>Versuchen Sie es noch einmal oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>A tensor is missing</source>
        <translation>Ein Tensor fehlt</translation>
    </message>
    <message>
        <source>Tensor %1 is not in the file.</source>
        <translation>Der Tensor %1 ist nicht in der Datei.</translation>
    </message>
    <message>
        <source>The file lacks a tensor that the model needs.</source>
        <translation>Der Datei fehlt ein Tensor, den das Modell braucht.</translation>
    </message>
    <message>
        <source>Open a complete file, or write this one again with all tensors.</source>
        <translation>Öffnen Sie eine vollständige Datei oder schreiben Sie diese mit allen Tensoren neu.</translation>
    </message>
    <message>
        <source>A shape does not fit</source>
        <translation>Eine Form passt nicht</translation>
    </message>
    <message>
        <source>%1 has %2 numbers; %3 were expected.</source>
        <translation>%1 hat %2 Zahlen; erwartet wurden %3.</translation>
    </message>
    <message>
        <source>An array has another shape than the configuration says.</source>
        <translation>Ein Array hat eine andere Form, als die Konfiguration angibt.</translation>
    </message>
    <message>
        <source>A tensor has the wrong number of dimensions</source>
        <translation>Ein Tensor hat die falsche Zahl von Dimensionen</translation>
    </message>
    <message>
        <source>%1 has %2 dimensions; %3 were expected.</source>
        <translation>%1 hat %2 Dimensionen; erwartet wurden %3.</translation>
    </message>
    <message>
        <source>An array has another number of dimensions than expected.</source>
        <translation>Ein Array hat eine andere Zahl von Dimensionen als erwartet.</translation>
    </message>
    <message>
        <source>Write the tensor again in the expected form.</source>
        <translation>Schreiben Sie den Tensor neu in der erwarteten Form.</translation>
    </message>
    <message>
        <source>A number type is not supported</source>
        <translation>Ein Zahlentyp wird nicht unterstützt</translation>
    </message>
    <message>
        <source>%1 is stored as %2; HeadScope reads %3.</source>
        <translation>%1 ist als %2 gespeichert; HeadScope liest %3.</translation>
    </message>
    <message>
        <source>An array is stored in a number type HeadScope does not read.</source>
        <translation>Ein Array ist in einem Zahlentyp gespeichert, den HeadScope nicht liest.</translation>
    </message>
    <message>
        <source>Write the tensor as float16, bfloat16, float32 or float64.</source>
        <translation>Schreiben Sie den Tensor als float16, bfloat16, float32 oder float64.</translation>
    </message>
    <message>
        <source>Not a number among the values</source>
        <translation>Unter den Werten ist NaN oder Unendlich</translation>
    </message>
    <message>
        <source>%1 contains %2, which is no finite number.</source>
        <translation>%1 enthält %2, das ist keine endliche Zahl.</translation>
    </message>
    <message>
        <source>Some value is infinite or not a number.</source>
        <translation>Ein Wert ist unendlich oder keine Zahl.</translation>
    </message>
    <message>
        <source>Use another checkpoint; in half precision, numbers above 65504 become infinite.</source>
        <translation>Nehmen Sie einen anderen Checkpoint; in halber Genauigkeit werden Zahlen über 65504 unendlich.</translation>
    </message>
    <message>
        <source>A dataset is stored in an impossible way</source>
        <translation>Ein Datensatz ist auf unmögliche Art gespeichert</translation>
    </message>
    <message>
        <source>The storage of %1 makes no sense: %2.</source>
        <translation>Die Speicherung von %1 ergibt keinen Sinn: %2.</translation>
    </message>
    <message>
        <source>The way a dataset is stored makes no sense.</source>
        <translation>Die Art, wie ein Datensatz gespeichert ist, ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>Write the file again as plain, contiguous datasets.</source>
        <translation>Schreiben Sie die Datei neu mit einfachen, zusammenhängenden Datensätzen.</translation>
    </message>
    <message>
        <source>The configuration is not complete</source>
        <translation>Die Konfiguration ist unvollständig</translation>
    </message>
    <message>
        <source>Nothing says what %1 is.</source>
        <translation>Nirgends steht, was %1 ist.</translation>
    </message>
    <message>
        <source>The file does not say how the model is built.</source>
        <translation>Die Datei sagt nicht, wie das Modell aufgebaut ist.</translation>
    </message>
    <message>
        <source>Give it yourself: --config KEY=VALUE, --config config.json, or the configuration card in the window.</source>
        <translation>Geben Sie es selbst an: --config KEY=VALUE, --config config.json oder im Fenster unter Konfiguration.</translation>
    </message>
    <message>
        <source>A configuration value is not valid</source>
        <translation>Ein Wert der Konfiguration ist ungültig</translation>
    </message>
    <message>
        <source>%1 cannot be “%2”; it can be %3.</source>
        <translation>%1 kann nicht „%2“ sein; möglich ist: %3.</translation>
    </message>
    <message>
        <source>A configuration value is not valid.</source>
        <translation>Ein Wert der Konfiguration ist ungültig.</translation>
    </message>
    <message>
        <source>Configuration and weights disagree</source>
        <translation>Konfiguration und Gewichte widersprechen sich</translation>
    </message>
    <message>
        <source>%1 is given as %2, but the rest says %3.</source>
        <translation>%1 ist mit %2 angegeben, alles Übrige sagt %3.</translation>
    </message>
    <message>
        <source>The configuration contradicts itself or the shapes of the weights.</source>
        <translation>Die Konfiguration widerspricht sich selbst oder den Formen der Gewichte.</translation>
    </message>
    <message>
        <source>Unknown configuration key</source>
        <translation>Unbekannter Konfigurationsschlüssel</translation>
    </message>
    <message>
        <source>There is no configuration key “%1”.</source>
        <translation>Einen Konfigurationsschlüssel „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such configuration key.</source>
        <translation>Diesen Konfigurationsschlüssel gibt es nicht.</translation>
    </message>
    <message>
        <source>Use the keys that “headscope info FILE” lists.</source>
        <translation>Nehmen Sie die Schlüssel, die „headscope info FILE“ auflistet.</translation>
    </message>
    <message>
        <source>Vocabulary and model do not fit</source>
        <translation>Vokabular und Modell passen nicht zusammen</translation>
    </message>
    <message>
        <source>The tokeniser has %2 tokens; the model knows %3.</source>
        <translation>Der Tokenizer hat %2 Tokens; das Modell kennt %3.</translation>
    </message>
    <message>
        <source>The tokeniser has more tokens than the model knows.</source>
        <translation>Der Tokenizer hat mehr Tokens, als das Modell kennt.</translation>
    </message>
    <message>
        <source>No tokeniser found</source>
        <translation>Kein Tokenizer gefunden</translation>
    </message>
    <message>
        <source>No tokeniser lies in the file or beside it (%1), so text cannot be turned into tokens.</source>
        <translation>Weder in der Datei noch daneben liegt ein Tokenizer (%1); deshalb lässt sich Text nicht in Tokens zerlegen.</translation>
    </message>
    <message>
        <source>No tokeniser lies in the file or beside it, so text cannot be turned into tokens.</source>
        <translation>Weder in der Datei noch daneben liegt ein Tokenizer; deshalb lässt sich Text nicht in Tokens zerlegen.</translation>
    </message>
    <message>
        <source>Put tokenizer.json, tokenizer.model, vocab.json with merges.txt, or vocabulary.json beside it, name one with --tokenizer PATH, or give token ids.</source>
        <translation>Legen Sie tokenizer.json, tokenizer.model, vocab.json mit merges.txt oder vocabulary.json daneben, nennen Sie einen mit --tokenizer PATH oder geben Sie Token-IDs an.</translation>
    </message>
    <message>
        <source>This kind of tokeniser is not supported</source>
        <translation>Diese Art von Tokenizer wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The tokeniser uses %1 of kind “%2”, which HeadScope cannot follow exactly.</source>
        <translation>Der Tokenizer verwendet %1 der Art „%2“; das kann HeadScope nicht exakt nachvollziehen.</translation>
    </message>
    <message>
        <source>The tokeniser uses steps HeadScope cannot follow exactly.</source>
        <translation>Der Tokenizer verwendet Schritte, die HeadScope nicht exakt nachvollziehen kann.</translation>
    </message>
    <message>
        <source>Give token ids instead, or a tokeniser of another kind.</source>
        <translation>Geben Sie stattdessen Token-IDs an oder einen Tokenizer anderer Art.</translation>
    </message>
    <message>
        <source>The tokeniser file is not valid</source>
        <translation>Die Tokenizer-Datei ist ungültig</translation>
    </message>
    <message>
        <source>In the tokeniser, %1 is %2; %3 was expected.</source>
        <translation>Im Tokenizer ist %1 gleich %2; erwartet wurde %3.</translation>
    </message>
    <message>
        <source>The tokeniser file is not what it should be.</source>
        <translation>Die Tokenizer-Datei ist nicht, was sie sein sollte.</translation>
    </message>
    <message>
        <source>Get the tokeniser file again, or name another one with --tokenizer PATH.</source>
        <translation>Holen Sie die Tokenizer-Datei neu oder nennen Sie eine andere mit --tokenizer PATH.</translation>
    </message>
    <message>
        <source>A token id is out of range</source>
        <translation>Eine Token-ID liegt außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>Token id %2 does not exist; ids go from %3.</source>
        <translation>Die Token-ID %2 gibt es nicht; die IDs gehen von %3.</translation>
    </message>
    <message>
        <source>A token id is not in the vocabulary.</source>
        <translation>Eine Token-ID ist nicht im Vokabular.</translation>
    </message>
    <message>
        <source>Correct the list of ids.</source>
        <translation>Berichtigen Sie die Liste der IDs.</translation>
    </message>
    <message>
        <source>Nothing to run</source>
        <translation>Nichts zu rechnen</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>Der Text ist leer.</translation>
    </message>
    <message>
        <source>Type a sentence, or give token ids.</source>
        <translation>Geben Sie einen Satz oder Token-IDs ein.</translation>
    </message>
    <message>
        <source>The text is too long for this model</source>
        <translation>Der Text ist zu lang für dieses Modell</translation>
    </message>
    <message>
        <source>The text has %2 tokens; the model reads at most %3.</source>
        <translation>Der Text hat %2 Tokens; das Modell liest höchstens %3.</translation>
    </message>
    <message>
        <source>The text has more tokens than the model reads at once.</source>
        <translation>Der Text hat mehr Tokens, als das Modell auf einmal liest.</translation>
    </message>
    <message>
        <source>Shorten the text.</source>
        <translation>Kürzen Sie den Text.</translation>
    </message>
    <message>
        <source>The text is not valid UTF-8</source>
        <translation>Der Text ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>The bytes at %1 are no UTF-8 text.</source>
        <translation>Die Bytes bei %1 sind kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>Some bytes are no UTF-8 text.</source>
        <translation>Einige Bytes sind kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>Save the text as UTF-8.</source>
        <translation>Speichern Sie den Text als UTF-8.</translation>
    </message>
    <message>
        <source>The JSON is not valid</source>
        <translation>Das JSON ist ungültig</translation>
    </message>
    <message>
        <source>The JSON cannot be read at %1: %2.</source>
        <translation>Das JSON ist bei %1 nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>The JSON cannot be read.</source>
        <translation>Das JSON ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Correct the file, or get it again.</source>
        <translation>Berichtigen Sie die Datei oder holen Sie sie neu.</translation>
    </message>
    <message>
        <source>The attention dump is not valid</source>
        <translation>Der Attention-Dump ist ungültig</translation>
    </message>
    <message>
        <source>In the dump, %1 is %2; %3 was expected.</source>
        <translation>Im Dump ist %1 gleich %2; erwartet wurde %3.</translation>
    </message>
    <message>
        <source>The attention dump lacks something or contradicts itself.</source>
        <translation>Dem Attention-Dump fehlt etwas, oder er widerspricht sich.</translation>
    </message>
    <message>
        <source>Write the dump again with attentions [layer, head, query, key] and one token for each query.</source>
        <translation>Schreiben Sie den Dump neu: attentions [layer, head, query, key] und ein Token je Query.</translation>
    </message>
    <message>
        <source>Attention rows do not sum to 1</source>
        <translation>Die Summe von Attention-Zeilen ist nicht 1</translation>
    </message>
    <message>
        <source>The row at %1 sums to %2 instead of %3.</source>
        <translation>Die Zeile bei %1 hat die Summe %2 statt %3.</translation>
    </message>
    <message>
        <source>Some rows of the attention do not sum to 1.</source>
        <translation>Die Summe mancher Attention-Zeilen ist nicht 1.</translation>
    </message>
    <message>
        <source>Store attention weights after the softmax, without dropout and without padding.</source>
        <translation>Speichern Sie Attention-Gewichte nach dem Softmax, ohne Dropout und ohne Padding.</translation>
    </message>
    <message>
        <source>The model is not complete</source>
        <translation>Das Modell ist unvollständig</translation>
    </message>
    <message>
        <source>The file lacks %1, so this model cannot run text.</source>
        <translation>Der Datei fehlt: %1. Deshalb kann dieses Modell keinen Text rechnen.</translation>
    </message>
    <message>
        <source>The file lacks parts, so this model cannot run text.</source>
        <translation>Der Datei fehlen Teile; deshalb kann dieses Modell keinen Text rechnen.</translation>
    </message>
    <message>
        <source>Open a complete file; what needs only the weights that are there still works.</source>
        <translation>Öffnen Sie eine vollständige Datei; was nur die vorhandenen Gewichte braucht, geht trotzdem.</translation>
    </message>
    <message>
        <source>This needs the model&apos;s weights</source>
        <translation>Dazu braucht es die Gewichte des Modells</translation>
    </message>
    <message>
        <source>%1 needs the model&apos;s weights, and this file holds attention only.</source>
        <translation>%1 braucht die Gewichte des Modells; diese Datei enthält nur Attention.</translation>
    </message>
    <message>
        <source>This needs the model&apos;s weights, and this file holds attention only.</source>
        <translation>Dazu braucht es die Gewichte des Modells; diese Datei enthält nur Attention.</translation>
    </message>
    <message>
        <source>Open the model itself.</source>
        <translation>Öffnen Sie das Modell selbst.</translation>
    </message>
    <message>
        <source>No such head</source>
        <translation>Diesen Kopf gibt es nicht</translation>
    </message>
    <message>
        <source>There is no head %1: the model has %3.</source>
        <translation>Einen Kopf %1 gibt es nicht: Das Modell hat %3.</translation>
    </message>
    <message>
        <source>The model has no such head.</source>
        <translation>Das Modell hat keinen solchen Kopf.</translation>
    </message>
    <message>
        <source>Choose a head like L0H0; layers and heads count from 0.</source>
        <translation>Wählen Sie einen Kopf wie L0H0; Schichten und Köpfe zählen ab 0.</translation>
    </message>
    <message>
        <source>The prompts differ</source>
        <translation>Die Prompts sind verschieden</translation>
    </message>
    <message>
        <source>The tokens differ at %1: %2 and %3.</source>
        <translation>Die Tokens weichen bei %1 voneinander ab: %2 und %3.</translation>
    </message>
    <message>
        <source>The two runs do not have the same tokens.</source>
        <translation>Die beiden Läufe haben nicht dieselben Tokens.</translation>
    </message>
    <message>
        <source>Run both on the same text.</source>
        <translation>Rechnen Sie beide mit demselben Text.</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>Zu wenig Speicher</translation>
    </message>
    <message>
        <source>There is not enough memory: %3 are needed and %2 are free.</source>
        <translation>Der Speicher reicht nicht: %3 werden gebraucht, %2 sind frei.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Shorten the text, close other programs, or use a smaller model.</source>
        <translation>Kürzen Sie den Text, schließen Sie andere Programme oder nehmen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The work was cancelled during %1.</source>
        <translation>Die Arbeit wurde abgebrochen: %1.</translation>
    </message>
    <message>
        <source>The work was cancelled.</source>
        <translation>Die Arbeit wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Start it again when you like; finished parts are kept.</source>
        <translation>Starten Sie sie wieder, wann Sie möchten; fertige Teile bleiben erhalten.</translation>
    </message>
    <message>
        <source>A value is not allowed</source>
        <translation>Ein Wert ist nicht erlaubt</translation>
    </message>
    <message>
        <source>%1 cannot be %2; it can be %3.</source>
        <translation>%1 kann nicht %2 sein; möglich ist: %3.</translation>
    </message>
    <message>
        <source>A value is not allowed here.</source>
        <translation>Dieser Wert ist hier nicht erlaubt.</translation>
    </message>
    <message>
        <source>Correct the value and try again.</source>
        <translation>Berichtigen Sie den Wert und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>A fault in HeadScope</source>
        <translation>Ein Fehler in HeadScope</translation>
    </message>
    <message>
        <source>Something happened that should not: %2.</source>
        <translation>Etwas ist geschehen, das nicht geschehen sollte: %2.</translation>
    </message>
    <message>
        <source>Something happened that should not.</source>
        <translation>Etwas ist geschehen, das nicht geschehen sollte.</translation>
    </message>
    <message>
        <source>Your files are unchanged; please report this with what you did.</source>
        <translation>Bitte melden Sie dies mit dem, was Sie getan haben; Ihre Dateien sind unverändert.</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>found %1</source>
        <translation>gefunden: %1</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>erwartet: %1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Datei: %1</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>Checking that the file is safe</source>
        <translation>Datei wird auf Sicherheit geprüft</translation>
    </message>
    <message>
        <source>Reading tensor names</source>
        <translation>Tensornamen werden gelesen</translation>
    </message>
    <message>
        <source>Reading weights</source>
        <translation>Gewichte werden gelesen</translation>
    </message>
    <message>
        <source>Splitting the text into tokens</source>
        <translation>Text wird in Tokens zerlegt</translation>
    </message>
    <message>
        <source>Computing attention, layer %1 of %2</source>
        <translation>Attention wird berechnet, Schicht %1 von %2</translation>
    </message>
    <message>
        <source>Computing attention</source>
        <translation>Attention wird berechnet</translation>
    </message>
    <message>
        <source>Computing predictions</source>
        <translation>Vorhersagen werden berechnet</translation>
    </message>
    <message>
        <source>Computing head statistics, %1 of %2</source>
        <translation>Statistik der Köpfe, %1 von %2</translation>
    </message>
    <message>
        <source>Computing head statistics</source>
        <translation>Statistik der Köpfe wird berechnet</translation>
    </message>
    <message>
        <source>Drawing thumbnails, head %1 of %2</source>
        <translation>Miniaturen, Kopf %1 von %2</translation>
    </message>
    <message>
        <source>Drawing thumbnails</source>
        <translation>Miniaturen werden gezeichnet</translation>
    </message>
    <message>
        <source>Labels: reading the corpus, document %1 of %2</source>
        <translation>Bezeichnungen: Korpus wird gelesen, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Labels: reading the corpus</source>
        <translation>Bezeichnungen: Korpus wird gelesen</translation>
    </message>
    <message>
        <source>Labels: where each head looks by distance, document %1 of %2</source>
        <translation>Bezeichnungen: Blick der Köpfe nach Abstand, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Labels: where each head looks by distance</source>
        <translation>Bezeichnungen: Blick der Köpfe nach Abstand</translation>
    </message>
    <message>
        <source>Labels: the same with random weights, document %1 of %2</source>
        <translation>Bezeichnungen: dasselbe mit Zufallsgewichten, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Labels: the same with random weights</source>
        <translation>Bezeichnungen: dasselbe mit Zufallsgewichten</translation>
    </message>
    <message>
        <source>Labels: made sequences, step %1 of %2</source>
        <translation>Bezeichnungen: erzeugte Folgen, Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Labels: made sequences</source>
        <translation>Bezeichnungen: erzeugte Folgen</translation>
    </message>
    <message>
        <source>Labels: reading the weights, step %1 of %2</source>
        <translation>Bezeichnungen: Gewichte werden untersucht, Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Labels: reading the weights</source>
        <translation>Bezeichnungen: Gewichte werden untersucht</translation>
    </message>
    <message>
        <source>Labels: testing, head %1 of %2</source>
        <translation>Bezeichnungen: Tests, Kopf %1 von %2</translation>
    </message>
    <message>
        <source>Labels: testing</source>
        <translation>Bezeichnungen: Tests</translation>
    </message>
    <message>
        <source>Labels: switching off what they describe, %1 of %2</source>
        <translation>Bezeichnungen: was sie beschreiben, wird abgeschaltet, %1 von %2</translation>
    </message>
    <message>
        <source>Labels: switching off what they describe</source>
        <translation>Bezeichnungen: was sie beschreiben, wird abgeschaltet</translation>
    </message>
    <message>
        <source>Labels: how much they explain, document %1 of %2</source>
        <translation>Bezeichnungen: wie viel sie erklären, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Labels: how much they explain</source>
        <translation>Bezeichnungen: wie viel sie erklären</translation>
    </message>
    <message>
        <source>Computing the overview</source>
        <translation>Übersicht wird berechnet</translation>
    </message>
    <message>
        <source>Switching heads off, variant %1 of %2</source>
        <translation>Köpfe werden ausgeschaltet, Variante %1 von %2</translation>
    </message>
    <message>
        <source>Switching heads off</source>
        <translation>Köpfe werden ausgeschaltet</translation>
    </message>
    <message>
        <source>Continuing the text, token %1 of %2</source>
        <translation>Text wird fortgesetzt, Token %1 von %2</translation>
    </message>
    <message>
        <source>Continuing the text</source>
        <translation>Text wird fortgesetzt</translation>
    </message>
    <message>
        <source>Comparing with the reference, prompt %1 of %2</source>
        <translation>Vergleich mit der Referenz, Prompt %1 von %2</translation>
    </message>
    <message>
        <source>Comparing with the reference</source>
        <translation>Vergleich mit der Referenz</translation>
    </message>
    <message>
        <source>Computing the file&apos;s fingerprint</source>
        <translation>Prüfsumme der Datei wird berechnet</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Checking what was written</source>
        <translation>Geschriebenes wird geprüft</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>Token-Embedding</translation>
    </message>
    <message>
        <source>position embedding</source>
        <translation>Positions-Embedding</translation>
    </message>
    <message>
        <source>attention weights</source>
        <translation>Attention-Gewichte</translation>
    </message>
    <message>
        <source>MLP matrices</source>
        <translation>MLP-Matrizen</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>letzte Norm</translation>
    </message>
    <message>
        <source>unembedding</source>
        <translation>Unembedding</translation>
    </message>
    <message>
        <source>tokeniser</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>die Datei</translation>
    </message>
    <message>
        <source>the configuration in the file</source>
        <translation>die Konfiguration in der Datei</translation>
    </message>
    <message>
        <source>config.json beside it</source>
        <translation>config.json daneben</translation>
    </message>
    <message>
        <source>a known model</source>
        <translation>ein bekanntes Modell</translation>
    </message>
    <message>
        <source>the tensors&apos; shapes</source>
        <translation>die Formen der Tensoren</translation>
    </message>
    <message>
        <source>the family&apos;s usual value</source>
        <translation>der übliche Wert der Familie</translation>
    </message>
    <message>
        <source>a guess</source>
        <translation>eine Vermutung</translation>
    </message>
    <message>
        <source>Grouping heads</source>
        <translation>Köpfe werden gruppiert</translation>
    </message>
    <message>
        <source>Placing heads on a map</source>
        <translation>Köpfe werden auf einer Karte angeordnet</translation>
    </message>
    <message>
        <source>Placing the graph</source>
        <translation>Graph wird angeordnet</translation>
    </message>
    <message>
        <source>Comparing heads on the text, document %1 of %2</source>
        <translation>Köpfe werden am Text verglichen, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Comparing heads on the text</source>
        <translation>Köpfe werden am Text verglichen</translation>
    </message>
    <message>
        <source>Replacing one head by another, document %1 of %2</source>
        <translation>Ein Kopf wird durch einen anderen ersetzt, Dokument %1 von %2</translation>
    </message>
    <message>
        <source>Replacing one head by another</source>
        <translation>Ein Kopf wird durch einen anderen ersetzt</translation>
    </message>
    <message>
        <source>Computing gradients, layer %1 of %2</source>
        <translation>Gradienten werden berechnet, Schicht %1 von %2</translation>
    </message>
    <message>
        <source>Computing gradients</source>
        <translation>Gradienten werden berechnet</translation>
    </message>
    <message>
        <source>Importance of heads by gradient, prompt %1 of %2</source>
        <translation>Bedeutung der Köpfe nach Gradient, Prompt %1 von %2</translation>
    </message>
    <message>
        <source>Importance of heads by gradient</source>
        <translation>Bedeutung der Köpfe nach Gradient</translation>
    </message>
    <message>
        <source>Patching, cell %1 of %2</source>
        <translation>Aktivierungen werden ersetzt, Zelle %1 von %2</translation>
    </message>
    <message>
        <source>Patching</source>
        <translation>Aktivierungen werden ersetzt</translation>
    </message>
    <message>
        <source>Patching paths, sender %1 of %2</source>
        <translation>Pfade werden ersetzt, Sender %1 von %2</translation>
    </message>
    <message>
        <source>Patching paths</source>
        <translation>Pfade werden ersetzt</translation>
    </message>
    <message>
        <source>Knocking out edges, %1 of %2</source>
        <translation>Kanten werden abgeschaltet, %1 von %2</translation>
    </message>
    <message>
        <source>Knocking out edges</source>
        <translation>Kanten werden abgeschaltet</translation>
    </message>
    <message>
        <source>Tracing the flow of information, layer %1 of %2</source>
        <translation>Informationsfluss wird verfolgt, Schicht %1 von %2</translation>
    </message>
    <message>
        <source>Tracing the flow of information</source>
        <translation>Informationsfluss wird verfolgt</translation>
    </message>
    <message>
        <source>Reading what heads read and write, %1 of %2</source>
        <translation>Liest, was Köpfe lesen und schreiben, %1 von %2</translation>
    </message>
    <message>
        <source>Reading what heads read and write</source>
        <translation>Liest, was Köpfe lesen und schreiben</translation>
    </message>
    <message>
        <source>Comparing heads by their weights</source>
        <translation>Vergleicht Köpfe anhand ihrer Gewichte</translation>
    </message>
    <message>
        <source>Drawing random subspaces</source>
        <translation>Lost zufällige Unterräume aus</translation>
    </message>
    <message>
        <source>The prompts do not align</source>
        <translation>Die Prompts passen nicht zueinander</translation>
    </message>
    <message>
        <source>The clean prompt has %2 tokens, the corrupted one %3.</source>
        <translation>Der saubere Prompt hat %2 Tokens, der verfälschte %3.</translation>
    </message>
    <message>
        <source>Both prompts need the same number of tokens.</source>
        <translation>Beide Prompts brauchen gleich viele Tokens.</translation>
    </message>
    <message>
        <source>Change words until both have as many tokens, with the same roles at the same places.</source>
        <translation>Ändern Sie Wörter, bis beide gleich viele Tokens haben, mit denselben Rollen an denselben Stellen.</translation>
    </message>
    <message>
        <source>An answer of several tokens</source>
        <translation>Eine Antwort aus mehreren Tokens</translation>
    </message>
    <message>
        <source>This answer is split into tokens: %2. It must be one.</source>
        <translation>Diese Antwort zerfällt in Tokens: %2. Es muss eines sein.</translation>
    </message>
    <message>
        <source>An answer must be exactly one token.</source>
        <translation>Eine Antwort muss genau ein Token sein.</translation>
    </message>
    <message>
        <source>Take its first token, begin it with a space where it stands inside a text, or give an id like #403.</source>
        <translation>Nehmen Sie ihr erstes Token, beginnen Sie sie mit einem Leerzeichen, wo sie im Text steht, oder geben Sie eine Nummer wie #403 an.</translation>
    </message>
    <message>
        <source>The prompts give the same answer</source>
        <translation>Die Prompts geben dieselbe Antwort</translation>
    </message>
    <message>
        <source>The metric differs by %2 only; shares of it need %3.</source>
        <translation>Die Metrik unterscheidet sich nur um %2; Anteile brauchen %3.</translation>
    </message>
    <message>
        <source>The metric hardly differs between both prompts.</source>
        <translation>Die Metrik unterscheidet sich zwischen beiden Prompts kaum.</translation>
    </message>
    <message>
        <source>Choose prompts with different answers, or read the changes as they are.</source>
        <translation>Wählen Sie Prompts mit verschiedenen Antworten, oder lesen Sie die Änderungen, wie sie sind.</translation>
    </message>
    <message>
        <source>An experiment on another model</source>
        <translation>Ein Experiment an einem anderen Modell</translation>
    </message>
    <message>
        <source>The experiment cut a model of %2 heads; this one has %3.</source>
        <translation>Das Experiment stutzte ein Modell mit %2 Köpfen; dieses hat %3.</translation>
    </message>
    <message>
        <source>The experiment belongs to a model with another number of heads.</source>
        <translation>Das Experiment gehört zu einem Modell mit anderer Kopfzahl.</translation>
    </message>
    <message>
        <source>Open its model first, then the experiment.</source>
        <translation>Erst sein Modell öffnen, dann das Experiment.</translation>
    </message>
    <message>
        <source>The experiment was made with %2; %3 is open, with other weights.</source>
        <translation>Das Experiment wurde mit %2 gemacht; offen ist %3 mit anderen Gewichten.</translation>
    </message>
    <message>
        <source>The experiment was made with other weights.</source>
        <translation>Das Experiment wurde mit anderen Gewichten gemacht.</translation>
    </message>
    <message>
        <source>Open its model first, or use Compare with experiment to see both curves.</source>
        <translation>Erst sein Modell öffnen, oder mit „Mit Experiment vergleichen“ beide Kurven zeigen.</translation>
    </message>
    <message>
        <source>The texts have changed</source>
        <translation>Die Texte haben sich geändert</translation>
    </message>
    <message>
        <source>The test text is not the one that the experiment was begun on.</source>
        <translation>Der Prüftext ist nicht der, mit dem das Experiment begonnen wurde.</translation>
    </message>
    <message>
        <source>The calibration text is not the one that the experiment was begun on.</source>
        <translation>Der Kalibriertext ist nicht der, mit dem das Experiment begonnen wurde.</translation>
    </message>
    <message>
        <source>A text is not the one that the experiment was begun on.</source>
        <translation>Ein Text ist nicht der, mit dem das Experiment begonnen wurde.</translation>
    </message>
    <message>
        <source>Choose the same text, or begin a new experiment; what was measured is kept.</source>
        <translation>Denselben Text wählen oder ein neues Experiment beginnen; Gemessenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>The experiment was begun with other weights.</source>
        <translation>Das Experiment wurde mit anderen Gewichten begonnen.</translation>
    </message>
    <message>
        <source>Go on with the model that it was begun with, or begin a new experiment.</source>
        <translation>Mit dem Modell fortfahren, mit dem es begonnen wurde, oder ein neues Experiment beginnen.</translation>
    </message>
    <message>
        <source>Other settings than the experiment&apos;s</source>
        <translation>Andere Einstellungen als im Experiment</translation>
    </message>
    <message>
        <source>Orders, score, steps, ablation and seed are not those that the experiment was begun with.</source>
        <translation>Reihenfolgen, Maß, Schritte, Ablation und Startwert sind nicht die, mit denen das Experiment begonnen wurde.</translation>
    </message>
    <message>
        <source>The settings are not those that the experiment was begun with.</source>
        <translation>Die Einstellungen sind nicht die, mit denen das Experiment begonnen wurde.</translation>
    </message>
    <message>
        <source>Take the same settings, or begin a new experiment; what was measured is kept.</source>
        <translation>Dieselben Einstellungen nehmen oder ein neues Experiment beginnen; Gemessenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>Not a list of token ids</source>
        <translation>Keine Liste von Token-Ids</translation>
    </message>
    <message>
        <source>In %1 stands “%2”, which is not a list of ids like %3.</source>
        <translation>In %1 steht „%2“; das ist keine Liste von Ids wie %3.</translation>
    </message>
    <message>
        <source>A line is not a list of ids.</source>
        <translation>Eine Zeile ist keine Liste von Ids.</translation>
    </message>
    <message>
        <source>Write ids separated by commas, one prompt a line.</source>
        <translation>Ids durch Kommas getrennt schreiben, ein Prompt je Zeile.</translation>
    </message>
    <message>
        <source>In %1 stands the id %2; this model&apos;s ids go from %3.</source>
        <translation>In %1 steht die Id %2; die Ids dieses Modells gehen von %3.</translation>
    </message>
    <message>
        <source>Correct the line, or choose the ids of this model.</source>
        <translation>Die Zeile berichtigen oder Ids dieses Modells wählen.</translation>
    </message>
    <message>
        <source>No prompt in the file</source>
        <translation>Kein Prompt in der Datei</translation>
    </message>
    <message>
        <source>No line of the file has %3 or more.</source>
        <translation>Keine Zeile der Datei hat %3 oder mehr.</translation>
    </message>
    <message>
        <source>No line of the file is a prompt.</source>
        <translation>Keine Zeile der Datei ist ein Prompt.</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>An adapter changes this model</source>
        <translation>Ein Adapter ändert dieses Modell</translation>
    </message>
    <message>
        <source>A family HeadScope does not compute</source>
        <translation>Eine Familie, die HeadScope nicht berechnet</translation>
    </message>
    <message>
        <source>The configuration says %1 = %2. Its tensors have the names of %3, but its arithmetic is not known to be the same.</source>
        <translation>Die Konfiguration sagt %1 = %2. Die Tensoren heißen wie die von %3, aber dass auch ebenso gerechnet wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The model&apos;s family uses known names for arithmetic that is not known to be the same.</source>
        <translation>Die Familie des Modells trägt bekannte Namen; dass auch ebenso gerechnet wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Open a model of a family that is listed under Formats in the manual.</source>
        <translation>Ein Modell einer Familie öffnen, die das Handbuch unter Formate nennt.</translation>
    </message>
    <message>
        <source>Checking the file took too much</source>
        <translation>Die Prüfung der Datei brauchte zu viel</translation>
    </message>
    <message>
        <source>The check of this HDF5 file was stopped after %2.</source>
        <translation>Die Prüfung dieser HDF5-Datei wurde nach %2 abgebrochen.</translation>
    </message>
    <message>
        <source>The check of this HDF5 file was stopped.</source>
        <translation>Die Prüfung dieser HDF5-Datei wurde abgebrochen.</translation>
    </message>
    <message>
        <source>If you trust the file, raise the limit: --probe-limit on the command line, Checking HDF5 files in the preferences.</source>
        <translation>Wenn Sie der Datei trauen, heben Sie die Grenze an: --probe-limit auf der Befehlszeile, „HDF5-Dateien prüfen“ in den Einstellungen.</translation>
    </message>
    <message>
        <source>So long a text needs %3 of memory, and %2 are free. There is room for %1 tokens.</source>
        <translation>Ein so langer Text braucht %3 Speicher, %2 sind frei. Platz ist für %1 Token.</translation>
    </message>
    <message>
        <source>There is not enough memory for so long a text.</source>
        <translation>Für einen so langen Text reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Not enough room on the disk</source>
        <translation>Zu wenig Platz auf dem Datenträger</translation>
    </message>
    <message>
        <source>The file needs at least %3, and %2 are free there. There is room for %1 tokens.</source>
        <translation>Die Datei braucht mindestens %3, frei sind dort %2. Platz ist für %1 Token.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>Auf dem Datenträger ist zu wenig Platz.</translation>
    </message>
    <message>
        <source>Shorten the text, choose another disk, or write 16-bit numbers (--float16).</source>
        <translation>Kürzen Sie den Text, wählen Sie einen anderen Datenträger oder schreiben Sie 16-Bit-Zahlen (--float16).</translation>
    </message>
    <message>
        <source>This answer is split into tokens: %2. %3 is one token.</source>
        <translation>Diese Antwort zerfällt in Tokens: %2. %3 ist ein einziges Token.</translation>
    </message>
    <message>
        <source>Mind the space: give the answer as the quotes have it, if that is meant.</source>
        <translation>Achten Sie auf das Leerzeichen: Geben Sie die Antwort so, wie sie in den Anführungszeichen steht, falls das gemeint ist.</translation>
    </message>
    <message>
        <source>A token without an embedding</source>
        <translation>Ein Token ohne Einbettung</translation>
    </message>
    <message>
        <source>The token “%1” has the id %2, but the model&apos;s embedding has %3.</source>
        <translation>Das Token „%1“ hat die ID %2, die Einbettung des Modells aber %3.</translation>
    </message>
    <message>
        <source>The model&apos;s embedding has no row for a token of the prompt.</source>
        <translation>Die Einbettung des Modells hat für ein Token des Prompts keine Zeile.</translation>
    </message>
    <message>
        <source>Leave the token out, or choose the tokeniser this model was trained with (--tokenizer PATH).</source>
        <translation>Lassen Sie das Token weg oder wählen Sie den Tokenizer, mit dem dieses Modell trainiert wurde (--tokenizer PATH).</translation>
    </message>
    <message>
        <source>The vocabulary lacks a character</source>
        <translation>Dem Vokabular fehlt ein Zeichen</translation>
    </message>
    <message>
        <source>At byte %1 of the text stands “%2”, for which this vocabulary has no token.</source>
        <translation>An Byte %1 des Textes steht „%2“; dafür hat dieses Vokabular kein Token.</translation>
    </message>
    <message>
        <source>The text holds something that this vocabulary has no token for.</source>
        <translation>Im Text steht etwas, wofür dieses Vokabular kein Token hat.</translation>
    </message>
    <message>
        <source>Leave it out, or choose another tokeniser (--tokenizer PATH).</source>
        <translation>Lassen Sie es weg oder wählen Sie einen anderen Tokenizer (--tokenizer PATH).</translation>
    </message>
    <message>
        <source>This model predicts no tokens</source>
        <translation>Dieses Modell sagt keine Tokens voraus</translation>
    </message>
    <message>
        <source>A position of this model has %2 outputs, and there are %3 tokens: no output stands for the next token, so there is no loss and no text to go on with.</source>
        <translation>Eine Position dieses Modells hat %2 Ausgaben, und es gibt %3 Tokens: Keine Ausgabe steht für das nächste Token, also gibt es weder einen Verlust noch eine Fortsetzung des Textes.</translation>
    </message>
    <message>
        <source>The outputs of this model do not stand for tokens.</source>
        <translation>Die Ausgaben dieses Modells stehen nicht für Tokens.</translation>
    </message>
    <message>
        <source>Ask about outputs by their numbers (#0, #1), or look at attention alone.</source>
        <translation>Fragen Sie nach Ausgaben mit ihren Nummern (#0, #1) oder betrachten Sie nur die Attention.</translation>
    </message>
    <message>
        <source>The tensor names are like those of no layout HeadScope knows: %1.</source>
        <translation>Die Tensornamen gleichen denen keines Layouts, das HeadScope kennt: %1.</translation>
    </message>
    <message>
        <source>The tensor names are like those of no layout HeadScope knows.</source>
        <translation>Die Tensornamen gleichen denen keines Layouts, das HeadScope kennt.</translation>
    </message>
    <message>
        <source>The tensor names fit no layout HeadScope knows. The nearest is %2, which has no place for %1.</source>
        <translation>Die Tensornamen passen zu keinem Layout, das HeadScope kennt. Am nächsten kommt %2; dort ist kein Platz für %1.</translation>
    </message>
    <message>
        <source>Another program has the file open</source>
        <translation>Ein anderes Programm hat die Datei geöffnet</translation>
    </message>
    <message>
        <source>The file is still open for writing in another program, or that program ended without closing it.</source>
        <translation>Die Datei ist in einem anderen Programm noch zum Schreiben geöffnet, oder dieses wurde beendet, ohne sie zu schließen.</translation>
    </message>
    <message>
        <source>The file is marked as open for writing by another program.</source>
        <translation>Die Datei ist als von einem anderen Programm zum Schreiben geöffnet gekennzeichnet.</translation>
    </message>
    <message>
        <source>Close it there; if no program has it open any more, run “h5clear -s” on a copy of it.</source>
        <translation>Schließen Sie sie dort; hat kein Programm sie mehr geöffnet, wenden Sie „h5clear -s“ auf eine Kopie an.</translation>
    </message>
    <message>
        <source>A part of the model is missing</source>
        <translation>Ein Teil des Modells fehlt</translation>
    </message>
    <message>
        <source>The model is in %3 files, and %2 of them are here; missing: %1.</source>
        <translation>Das Modell steht in %3 Dateien, und %2 davon sind hier; es fehlen: %1.</translation>
    </message>
    <message>
        <source>The model is in several files, and not all of them are here.</source>
        <translation>Das Modell steht in mehreren Dateien, und nicht alle sind hier.</translation>
    </message>
    <message>
        <source>Put all parts into one folder, then open any of them.</source>
        <translation>Legen Sie alle Teile in einen Ordner und öffnen Sie dann einen beliebigen.</translation>
    </message>
    <message>
        <source>Take the settings that belong to these weights, or write the file again.</source>
        <translation>Nehmen Sie die Einstellungen, die zu diesen Gewichten gehören, oder schreiben Sie die Datei neu.</translation>
    </message>
    <message>
        <source>A number is out of range</source>
        <translation>Eine Zahl liegt außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>%1 is %2; numbers here can be %3.</source>
        <translation>%1 ist %2; möglich sind hier Zahlen %3.</translation>
    </message>
    <message>
        <source>A number is larger than the file&apos;s format allows.</source>
        <translation>Eine Zahl ist größer, als das Format der Datei erlaubt.</translation>
    </message>
    <message>
        <source>Get the file from its source again, or write it again with that number in range.</source>
        <translation>Holen Sie die Datei neu von ihrer Quelle oder schreiben Sie sie neu, mit dieser Zahl im Bereich.</translation>
    </message>
    <message>
        <source>Get the settings from their source again; what you gave yourself, give differently.</source>
        <translation>Holen Sie die Einstellungen neu von ihrer Quelle; was Sie selbst angegeben haben, geben Sie anders an.</translation>
    </message>
    <message>
        <source>Take the settings that belong to these weights; what you gave yourself, give differently or leave out.</source>
        <translation>Nehmen Sie die Einstellungen, die zu diesen Gewichten gehören; was Sie selbst angegeben haben, geben Sie anders an oder lassen Sie weg.</translation>
    </message>
    <message>
        <source>How many heads has this model?</source>
        <translation>Wie viele Köpfe hat dieses Modell?</translation>
    </message>
    <message>
        <source>Neither the file nor its settings say %1; %2 is a guess from the shapes, and nothing is computed for each head from a guess.</source>
        <translation>Weder die Datei noch ihre Einstellungen nennen %1; %2 ist aus den Formen vermutet, und aus einer Vermutung wird nichts je Kopf berechnet.</translation>
    </message>
    <message>
        <source>The number of heads is a guess from the shapes, and nothing is computed for each head from it.</source>
        <translation>Die Zahl der Köpfe ist aus den Formen vermutet, und daraus wird nichts je Kopf berechnet.</translation>
    </message>
    <message>
        <source>Say how many heads a layer has: --config n_heads=N.</source>
        <translation>Geben Sie an, wie viele Köpfe eine Schicht hat: --config n_heads=N.</translation>
    </message>
    <message>
        <source>Prompts that hold one of the others are refused. Choose the tokeniser this model was trained with (--tokenizer PATH), if there is another.</source>
        <translation>Prompts mit einem der übrigen Tokens werden abgelehnt. Wählen Sie den Tokenizer, mit dem dieses Modell trainiert wurde (--tokenizer PATH), falls es einen anderen gibt.</translation>
    </message>
    <message>
        <source>you said</source>
        <translation>Ihre Angabe</translation>
    </message>
    <message>
        <source>No padding token</source>
        <translation>Kein Füll-Token</translation>
    </message>
    <message>
        <source>Neither the settings (%1) nor the tokeniser of this model name a padding token that could be hidden.</source>
        <translation>Weder die Einstellungen (%1) noch der Tokenisierer dieses Modells nennen ein Füll-Token, das sich verbergen ließe.</translation>
    </message>
    <message>
        <source>The model has no padding token that could be hidden.</source>
        <translation>Das Modell hat kein Füll-Token, das sich verbergen ließe.</translation>
    </message>
    <message>
        <source>Leave out --mask-padding, or name the token: --config pad_token_id=N.</source>
        <translation>Lassen Sie --mask-padding weg, oder nennen Sie das Token: --config pad_token_id=N.</translation>
    </message>
    <message>
        <source>Beside the weights lies an adapter that changes what they compute (%1 in %2), and nothing says whether it is meant.</source>
        <translation>Neben den Gewichten liegt ein Adapter, der verändert, was sie rechnen (%1 in %2), und nichts sagt, ob er gemeint ist.</translation>
    </message>
    <message>
        <source>An adapter beside the weights changes what they compute, and nothing says whether it is meant.</source>
        <translation>Ein Adapter neben den Gewichten verändert, was sie rechnen, und nichts sagt, ob er gemeint ist.</translation>
    </message>
    <message>
        <source>Merge it with --adapter FOLDER, or take the weights alone with --adapter none.</source>
        <translation>Rechnen Sie ihn mit --adapter ORDNER ein, oder nehmen Sie mit --adapter none die Gewichte allein.</translation>
    </message>
    <message>
        <source>An adapter HeadScope does not merge</source>
        <translation>Ein Adapter, den HeadScope nicht einrechnet</translation>
    </message>
    <message>
        <source>The adapter has “%2” at %1; HeadScope merges LoRA with %3.</source>
        <translation>Der Adapter hat „%2“ bei %1; HeadScope rechnet LoRA mit %3 ein.</translation>
    </message>
    <message>
        <source>The adapter is not one that HeadScope merges.</source>
        <translation>Diesen Adapter rechnet HeadScope nicht ein.</translation>
    </message>
    <message>
        <source>Merge it with the program that made it, or take the weights alone with --adapter none.</source>
        <translation>Rechnen Sie ihn mit dem Programm ein, das ihn gemacht hat, oder nehmen Sie mit --adapter none die Gewichte allein.</translation>
    </message>
    <message>
        <source>A prompt is too long for its targets</source>
        <translation>Ein Prompt ist zu lang für seine Ziele</translation>
    </message>
    <message>
        <source>In %1 stands a prompt of %2 tokens; with targets it is read whole, and %3 are the most.</source>
        <translation>In %1 steht ein Prompt von %2 Token; mit Zielen wird er ganz gelesen, höchstens %3.</translation>
    </message>
    <message>
        <source>A prompt with targets is read whole, and this one is too long.</source>
        <translation>Ein Prompt mit Zielen wird ganz gelesen, und dieser ist zu lang.</translation>
    </message>
    <message>
        <source>Shorten the prompt, or raise --length if the model reads more.</source>
        <translation>Kürzen Sie den Prompt, oder erhöhen Sie --length, wenn das Modell mehr liest.</translation>
    </message>
    <message>
        <source>Not a list of targets</source>
        <translation>Keine Liste von Zielen</translation>
    </message>
    <message>
        <source>In %1 stands nothing; targets look like %3.</source>
        <translation>In %1 steht nichts; Ziele sehen aus wie %3.</translation>
    </message>
    <message>
        <source>In %1 stands “%2”, which is not a list of targets like %3.</source>
        <translation>In %1 steht „%2“, keine Liste von Zielen wie %3.</translation>
    </message>
    <message>
        <source>A line is not a list of targets.</source>
        <translation>Eine Zeile ist keine Liste von Zielen.</translation>
    </message>
    <message>
        <source>Write position:id pairs with commas, one line a prompt, each position once.</source>
        <translation>Schreiben Sie Paare Position:Nummer mit Kommas, eine Zeile je Prompt, jede Position einmal.</translation>
    </message>
    <message>
        <source>Prompts and targets do not pair up</source>
        <translation>Prompts und Ziele passen nicht zusammen</translation>
    </message>
    <message>
        <source>The targets have %2 lines, the prompts %3; at %1 they part.</source>
        <translation>Ziele: %2 Zeilen, Prompts: %3; bei %1 gehen sie auseinander.</translation>
    </message>
    <message>
        <source>There is not one line of targets for each prompt.</source>
        <translation>Nicht jeder Prompt hat eine Zeile mit Zielen.</translation>
    </message>
    <message>
        <source>Write one line of targets for each line of prompts, in the same order.</source>
        <translation>Schreiben Sie eine Zeile Ziele für jede Zeile Prompts, in derselben Reihenfolge.</translation>
    </message>
    <message>
        <source>A target outside of its prompt</source>
        <translation>Ein Ziel außerhalb seines Prompts</translation>
    </message>
    <message>
        <source>In %1 stands the position %2; those of its prompt are %3.</source>
        <translation>In %1 steht die Position %2; sein Prompt hat %3.</translation>
    </message>
    <message>
        <source>A target&apos;s position lies outside of its prompt.</source>
        <translation>Die Position eines Ziels liegt außerhalb seines Prompts.</translation>
    </message>
    <message>
        <source>Count positions from 0, and correct the line.</source>
        <translation>Zählen Sie Positionen ab 0, und berichtigen Sie die Zeile.</translation>
    </message>
    <message>
        <source>A prompt is missing</source>
        <translation>Ein Prompt fehlt</translation>
    </message>
    <message>
        <source>In %1 stands no prompt; with targets every line is one.</source>
        <translation>In %1 steht kein Prompt; mit Zielen ist jede Zeile einer.</translation>
    </message>
    <message>
        <source>A line holds no prompt, and with targets every line is one.</source>
        <translation>Eine Zeile enthält keinen Prompt, und mit Zielen ist jede Zeile einer.</translation>
    </message>
    <message>
        <source>Write the ids of a prompt there, or take out the line in both files.</source>
        <translation>Schreiben Sie dort die Nummern eines Prompts, oder nehmen Sie die Zeile in beiden Dateien heraus.</translation>
    </message>
    <message>
        <source>There are several models in this folder: %1.</source>
        <translation>In diesem Ordner liegen mehrere Modelle: %1.</translation>
    </message>
    <message>
        <source>Open a file of one of these kinds: %1.</source>
        <translation>Öffnen Sie eine Datei dieser Arten: %1.</translation>
    </message>
    <message>
        <source>%1 would run a program, refers to data outside of this file or asks for impossible amounts (%2), so HeadScope does not read it.</source>
        <translation>%1 würde ein Programm starten, verweist auf Daten außerhalb dieser Datei oder verlangt unmögliche Mengen (%2); deshalb liest HeadScope die Datei nicht.</translation>
    </message>
    <message>
        <source>The file would run a program, refers to data outside of itself or asks for impossible amounts, so HeadScope does not read it.</source>
        <translation>Die Datei würde ein Programm starten, verweist auf Daten außerhalb oder verlangt unmögliche Mengen; deshalb liest HeadScope sie nicht.</translation>
    </message>
    <message>
        <source>Open it only if you trust its source, after writing its tensors again as one plain file.</source>
        <translation>Öffnen Sie sie nur, wenn Sie der Quelle trauen, und erst, nachdem ihre Tensoren als einfache Datei neu geschrieben wurden.</translation>
    </message>
    <message>
        <source>This is a folder, not a file</source>
        <translation>Das ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>This is a folder; a file is needed here.</source>
        <translation>Das ist ein Ordner; gebraucht wird hier eine Datei.</translation>
    </message>
    <message>
        <source>A model that fills in words</source>
        <translation>Ein Modell, das Wörter einsetzt</translation>
    </message>
    <message>
        <source>This model&apos;s output says which token stands at each place, and reads it through a layer and a norm of its own: there is no next token and no loss of one, and no logit is a sum over the residual stream.</source>
        <translation>Die Ausgabe dieses Modells sagt, welches Token an jeder Stelle steht, und liest es durch eine eigene Schicht und Norm: Es gibt kein nächstes Token und keinen Verlust dafür, und kein Logit ist eine Summe über den Residualstrom.</translation>
    </message>
    <message>
        <source>This model&apos;s output is of the place itself, not of the next token.</source>
        <translation>Die Ausgabe dieses Modells gilt der Stelle selbst, nicht dem nächsten Token.</translation>
    </message>
    <message>
        <source>Give targets for a loss (--targets), or look at attention.</source>
        <translation>Geben Sie Ziele für einen Verlust an (--targets), oder sehen Sie sich die Attention an.</translation>
    </message>
    <message>
        <source>Embeddings narrower than the stream</source>
        <translation>Embeddings schmaler als der Strom</translation>
    </message>
    <message>
        <source>This model widens what it knows of a token after a norm: a row of its embedding is no vector of the residual stream, and nothing can be read off it from weights alone.</source>
        <translation>Dieses Modell verbreitert nach einer Norm, was es von einem Token weiß: Eine Zeile seines Embeddings ist kein Vektor des Residualstroms, und aus Gewichten allein lässt sich nichts daran ablesen.</translation>
    </message>
    <message>
        <source>Rows of this model&apos;s embedding are no vectors of the residual stream.</source>
        <translation>Zeilen des Embeddings dieses Modells sind keine Vektoren des Residualstroms.</translation>
    </message>
    <message>
        <source>Use an analysis of prompts instead.</source>
        <translation>Nehmen Sie stattdessen eine Analyse von Prompts.</translation>
    </message>
    <message>
        <source>Scores of distances cannot be written</source>
        <translation>Werte für Abstände lassen sich nicht schreiben</translation>
    </message>
    <message>
        <source>This model adds something to its scores for each distance, and HeadScope&apos;s own files have no place for it.</source>
        <translation>Dieses Modell fügt seinen Scores für jeden Abstand etwas hinzu, und HeadScopes eigene Dateien haben keinen Platz dafür.</translation>
    </message>
    <message>
        <source>HeadScope&apos;s own files have no place for scores of distances.</source>
        <translation>HeadScopes eigene Dateien haben keinen Platz für Werte von Abständen.</translation>
    </message>
    <message>
        <source>Keep the file as it is.</source>
        <translation>Behalten Sie die Datei, wie sie ist.</translation>
    </message>
    <message>
        <source>Token types do not fit</source>
        <translation>Token-Arten passen nicht</translation>
    </message>
    <message>
        <source>The token types do not fit the prompt or the model: %2, and %3 is right.</source>
        <translation>Die Token-Arten passen nicht zum Prompt oder zum Modell: %2, richtig ist %3.</translation>
    </message>
    <message>
        <source>The token types do not fit the prompt or the model.</source>
        <translation>Die Token-Arten passen nicht zum Prompt oder zum Modell.</translation>
    </message>
    <message>
        <source>Give one type for each token (--token-types 0,0,1), of those that the model has a row for.</source>
        <translation>Geben Sie für jedes Token eine Art an (--token-types 0,0,1), von denen, für die das Modell eine Zeile hat.</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>%1, entropy of each row</source>
        <translation>%1, Entropie jeder Zeile</translation>
    </message>
    <message>
        <source>%1, distance looked back</source>
        <translation>%1, Distanz des Blicks zurück</translation>
    </message>
    <message>
        <source>query position</source>
        <translation>Query-Position</translation>
    </message>
    <message>
        <source>distance in tokens</source>
        <translation>Distanz in Tokens</translation>
    </message>
    <message>
        <source>entropy, nats</source>
        <translation>Entropie, nats</translation>
    </message>
    <message>
        <source>mean weight</source>
        <translation>mittleres Gewicht</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>blue: B more, orange: A more</source>
        <translation>blau: B mehr, orange: A mehr</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>Alle Köpfe</translation>
    </message>
    <message>
        <source>maps are only %1 mm wide: take more width, or fewer heads</source>
        <translation>Karten sind nur %1 mm breit: mehr Breite oder weniger Köpfe wählen</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>row of %1</source>
        <translation>Zeile von %1</translation>
    </message>
    <message>
        <source>mean over queries</source>
        <translation>Mittel über Querys</translation>
    </message>
    <message>
        <source>column of %1</source>
        <translation>Spalte von %1</translation>
    </message>
    <message>
        <source>row maximum</source>
        <translation>Zeilenmaximum</translation>
    </message>
    <message>
        <source>Attention weights</source>
        <translation>Attention-Gewichte</translation>
    </message>
    <message>
        <source>Attention scores before the softmax</source>
        <translation>Attention-Scores vor dem Softmax</translation>
    </message>
    <message>
        <source>Value-weighted attention</source>
        <translation>Value-gewichtete Attention</translation>
    </message>
    <message>
        <source>%1 of all %2 heads of %3, layers upward</source>
        <translation>%1 aller %2 Köpfe von %3, Schichten aufwärts</translation>
    </message>
    <message>
        <source>%1 of %2 heads of %3</source>
        <translation>%1 von %2 Köpfen von %3</translation>
    </message>
    <message>
        <source>%1 of %2 (A), %3 (B) and their difference, %4</source>
        <translation>%1 von %2 (A), %3 (B) und ihre Differenz, %4</translation>
    </message>
    <message>
        <source>Entropy of each row of head %1 of %2, in nats</source>
        <translation>Entropie jeder Zeile von Kopf %1, %2, in nats</translation>
    </message>
    <message>
        <source>Mean attention weight at each distance, head %1 of %2</source>
        <translation>Mittleres Attention-Gewicht je Distanz, Kopf %1, %2</translation>
    </message>
    <message>
        <source>%1 of head %2 of %3</source>
        <translation>%1 von Kopf %2, %3</translation>
    </message>
    <message>
        <source> on the prompt </source>
        <translation> beim Prompt </translation>
    </message>
    <message>
        <source>Words: sum over keys, mean over queries.</source>
        <translation>Wörter: Summe über Keys, Mittel über Querys.</translation>
    </message>
    <message>
        <source>fits a column</source>
        <translation>passt in eine Spalte</translation>
    </message>
    <message>
        <source>fits one and a half columns</source>
        <translation>passt in anderthalb Spalten</translation>
    </message>
    <message>
        <source>fits two columns</source>
        <translation>passt in zwei Spalten</translation>
    </message>
    <message>
        <source>fits a slide</source>
        <translation>passt auf eine Folie</translation>
    </message>
    <message>
        <source>the map is only %1 mm wide: take more width, or smaller text</source>
        <translation>Karte nur %1 mm breit: mehr Breite oder kleinere Schrift wählen</translation>
    </message>
    <message>
        <source>use words, or two columns</source>
        <translation>Wörter oder zwei Spalten wählen</translation>
    </message>
    <message>
        <source>use words, or smaller text</source>
        <translation>Wörter oder kleinere Schrift wählen</translation>
    </message>
    <message>
        <source>use two columns, or smaller text</source>
        <translation>zwei Spalten oder kleinere Schrift wählen</translation>
    </message>
    <message>
        <source>use smaller text, or more width</source>
        <translation>kleinere Schrift oder mehr Breite wählen</translation>
    </message>
    <message>
        <source>%1 mm high, more than a page: use less width</source>
        <translation>%1 mm hoch, mehr als eine Seite: weniger Breite wählen</translation>
    </message>
    <message>
        <source>%1, all labels drawn</source>
        <translation>%1, alle Beschriftungen gezeichnet</translation>
    </message>
    <message>
        <source>; each pixel is the maximum of %1 × %1 cells</source>
        <translation>; jedes Pixel ist das Maximum von %1 × %1 Zellen</translation>
    </message>
    <message>
        <source>attention weight</source>
        <translation>Attention-Gewicht</translation>
    </message>
    <message>
        <source>attention score</source>
        <translation>Attention-Score</translation>
    </message>
    <message>
        <source>value-weighted</source>
        <translation>value-gewichtet</translation>
    </message>
    <message>
        <source>%1, log</source>
        <translation>%1, log</translation>
    </message>
    <message>
        <source>%1 / row maximum</source>
        <translation>%1 / Zeilenmaximum</translation>
    </message>
    <message>
        <source>%1, who looks at “%2”</source>
        <translation>%1, wer auf „%2“ blickt</translation>
    </message>
    <message>
        <source>%1, where “%2” looks</source>
        <translation>%1, wohin „%2“ blickt</translation>
    </message>
    <message>
        <source>no word is chosen: click one in the Text tab, then export</source>
        <translation>kein Wort gewählt: erst eines im Reiter Text anklicken, dann exportieren</translation>
    </message>
    <message>
        <source>One head is switched off or changed.</source>
        <translation>Ein Kopf ist ausgeschaltet oder geändert.</translation>
    </message>
    <message>
        <source>%1 heads are switched off or changed.</source>
        <translation>%1 Köpfe sind ausgeschaltet oder geändert.</translation>
    </message>
    <message>
        <source>1 label dropped: %1</source>
        <translation>1 Beschriftung entfällt: %1</translation>
    </message>
    <message>
        <source>%1 labels dropped: %2</source>
        <translation>%1 Beschriftungen entfallen: %2</translation>
    </message>
    <message>
        <source>1 label shortened: use more width, or smaller text</source>
        <translation>1 Beschriftung gekürzt: mehr Breite oder kleinere Schrift wählen</translation>
    </message>
    <message>
        <source>%1 labels shortened: use more width, or smaller text</source>
        <translation>%1 Beschriftungen gekürzt: mehr Breite oder kleinere Schrift wählen</translation>
    </message>
    <message>
        <source>no font here has %1: drawn as boxes, install one that has</source>
        <translation>keine Schrift hier hat %1: als Kästchen gezeichnet; eine installieren, die sie hat</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>%1 of %2 names left out (%3): %4</source>
        <translation>%1 von %2 Namen weggelassen (%3): %4</translation>
    </message>
    <message>
        <source>all %1 names drawn, %2 shortened (%3): %4</source>
        <translation>alle %1 Namen gezeichnet, %2 gekürzt (%3): %4</translation>
    </message>
    <message>
        <source>%1, all %2 names drawn</source>
        <translation>%1, alle %2 Namen gezeichnet</translation>
    </message>
    <message>
        <source>One scale for all heads. Colours follow the weight to the power 0.7, so that small weights show; each pixel is a maximum.</source>
        <translation>Eine Skala für alle Köpfe. Farben folgen dem Gewicht hoch 0,7, damit kleine Gewichte zu sehen sind; jedes Pixel ist ein Maximum.</translation>
    </message>
    <message>
        <source>colours by weight to the power 0.7; each pixel is a maximum</source>
        <translation>Farben nach Gewicht hoch 0,7; jedes Pixel ist ein Maximum</translation>
    </message>
    <message>
        <source>colours by weight to the power 0.7</source>
        <translation>Farben nach Gewicht hoch 0,7</translation>
    </message>
</context>
<context>
    <name>Graph</name>
    <message>
        <source>no edge</source>
        <translation>ohne Kante</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>Queries</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>values</source>
        <translation>Values</translation>
    </message>
</context>
<context>
    <name>Importance</name>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>Alone off</source>
        <translation>Allein aus</translation>
    </message>
    <message>
        <source>Output norm</source>
        <translation>Ausgabenorm</translation>
    </message>
    <message>
        <source>OV norm</source>
        <translation>OV-Norm</translation>
    </message>
    <message>
        <source>QK norm</source>
        <translation>QK-Norm</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Mean over passages of |dL/dξ|, the derivative of the loss by a gate on the head (Michel et al. 2019)</source>
        <translation>Mittel über Abschnitte von |dL/dξ|, der Ableitung des Verlusts nach einem Gate am Kopf (Michel u. a. 2019)</translation>
    </message>
    <message>
        <source>Exact change of the loss when only this head is off and writes zero, nats</source>
        <translation>Exakte Änderung des Verlusts, wenn nur dieser Kopf aus ist und null schreibt, Nats</translation>
    </message>
    <message>
        <source>Exact change of the loss when only this head is off and writes its mean, nats</source>
        <translation>Exakte Änderung des Verlusts, wenn nur dieser Kopf aus ist und sein Mittel schreibt, Nats</translation>
    </message>
    <message>
        <source>Exact change of the loss when only this head is off and writes what it wrote elsewhere, nats</source>
        <translation>Exakte Änderung des Verlusts, wenn nur dieser Kopf aus ist und schreibt, was er anderswo schrieb, Nats</translation>
    </message>
    <message>
        <source>Exact change of the loss when only this head is off and looks at all tokens alike, nats</source>
        <translation>Exakte Änderung des Verlusts, wenn nur dieser Kopf aus ist und auf alle Token gleich blickt, Nats</translation>
    </message>
    <message>
        <source>Frobenius norm of the head&apos;s W_O: no text is looked at</source>
        <translation>Frobenius-Norm von W_O des Kopfs: ohne Text</translation>
    </message>
    <message>
        <source>Frobenius norm of W_V W_O: how much it can write, whatever it looks at</source>
        <translation>Frobenius-Norm von W_V W_O: wie viel er schreiben kann, worauf er auch blickt</translation>
    </message>
    <message>
        <source>Frobenius norm of W_Q W_Kᵀ</source>
        <translation>Frobenius-Norm von W_Q W_Kᵀ</translation>
    </message>
    <message>
        <source>Mean largest weight of a row (Voita et al. 2019)</source>
        <translation>Mittleres größtes Gewicht einer Zeile (Voita u. a. 2019)</translation>
    </message>
    <message>
        <source>Number of the layer: the baseline that looks at nothing</source>
        <translation>Nummer der Schicht: die Vergleichsgröße, die nichts ansieht</translation>
    </message>
</context>
<context>
    <name>Interventions</name>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Addieren</translation>
    </message>
    <message>
        <source>Knock out edges</source>
        <translation>Kanten abschalten</translation>
    </message>
    <message>
        <source>Force a row</source>
        <translation>Zeile vorgeben</translation>
    </message>
    <message>
        <source>Clamp edges</source>
        <translation>Kanten festhalten</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>, at token %1</source>
        <translation>, an Token %1</translation>
    </message>
    <message>
        <source>, at %1 tokens</source>
        <translation>, an %1 Token</translation>
    </message>
    <message>
        <source>output times %1</source>
        <translation>Ausgabe mal %1</translation>
    </message>
    <message>
        <source>writes zero</source>
        <translation>schreibt null</translation>
    </message>
    <message>
        <source>output becomes its mean over the prompt</source>
        <translation>Ausgabe wird ihr Mittel über den Prompt</translation>
    </message>
    <message>
        <source>output becomes a given vector</source>
        <translation>Ausgabe wird ein gegebener Vektor</translation>
    </message>
    <message>
        <source>a vector is added to the output</source>
        <translation>ein Vektor wird zur Ausgabe addiert</translation>
    </message>
    <message>
        <source>edge %1 → %2 is cut</source>
        <translation>Kante %1 → %2 ist gekappt</translation>
    </message>
    <message>
        <source>%1 edges are cut</source>
        <translation>%1 Kanten sind gekappt</translation>
    </message>
    <message>
        <source>%1 held at weight %2</source>
        <translation>%1 bei Gewicht %2 festgehalten</translation>
    </message>
    <message>
        <source>edge %1 → %2</source>
        <translation>Kante %1 → %2</translation>
    </message>
    <message>
        <source>%1 edges</source>
        <translation>%1 Kanten</translation>
    </message>
    <message>
        <source>row %1 of the pattern is given</source>
        <translation>Zeile %1 des Musters ist vorgegeben</translation>
    </message>
    <message>
        <source>%1 comes from another run</source>
        <translation>%1 kommt aus einem anderen Lauf</translation>
    </message>
    <message>
        <source>tokens: 3, 5-7; empty: all</source>
        <translation>Token: 3, 5-7; leer: alle</translation>
    </message>
    <message>
        <source>empty: its mean; or numbers: 0.5 for all, or one for each dimension</source>
        <translation>leer: ihr Mittel; oder Zahlen: 0.5 für alle, oder eine je Dimension</translation>
    </message>
    <message>
        <source>numbers: 0.5 for all, or one for each dimension</source>
        <translation>Zahlen: 0.5 für alle, oder eine je Dimension</translation>
    </message>
    <message>
        <source>query&gt;key, for example 5&gt;2, 6&gt;3</source>
        <translation>Query&gt;Key, zum Beispiel 5&gt;2, 6&gt;3</translation>
    </message>
    <message>
        <source>query: key or “uniform”, for example 5: 2</source>
        <translation>Query: Key oder „uniform“, zum Beispiel 5: 2</translation>
    </message>
    <message>
        <source>There is no such head in this model.</source>
        <translation>Diesen Kopf gibt es in diesem Modell nicht.</translation>
    </message>
    <message>
        <source>Tokens are numbers from 0 to %1, for example 3, 5-7.</source>
        <translation>Token sind Zahlen von 0 bis %1, zum Beispiel 3, 5-7.</translation>
    </message>
    <message>
        <source>Give a number, or %1 numbers.</source>
        <translation>Geben Sie eine Zahl oder %1 Zahlen an.</translation>
    </message>
    <message>
        <source>A head&apos;s output has %1 numbers; %2 are given.</source>
        <translation>Die Ausgabe eines Kopfs hat %1 Zahlen; gegeben sind %2.</translation>
    </message>
    <message>
        <source>Edges are query&gt;key with tokens from 0 to %1, for example 5&gt;2.</source>
        <translation>Kanten sind Query&gt;Key mit Token von 0 bis %1, zum Beispiel 5&gt;2.</translation>
    </message>
    <message>
        <source>Token %1 cannot see token %2: it comes later.</source>
        <translation>Token %1 sieht Token %2 nicht: Es kommt später.</translation>
    </message>
    <message>
        <source>Token %1 cannot see token %2: it lies before the window of %3 tokens.</source>
        <translation>Token %1 sieht Token %2 nicht: Es liegt vor dem Fenster von %3 Token.</translation>
    </message>
    <message>
        <source>An attention weight lies between 0 and 1.</source>
        <translation>Ein Attention-Gewicht liegt zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>Give the query and its keys, for example 5: 2 or 5: uniform.</source>
        <translation>Geben Sie die Query und ihre Keys an, zum Beispiel 5: 2 oder 5: uniform.</translation>
    </message>
    <message>
        <source>Keys are tokens from 0 to %1, “uniform”, or %2 weights.</source>
        <translation>Keys sind Token von 0 bis %1, „uniform“ oder %2 Gewichte.</translation>
    </message>
    <message>
        <source>Activations of another run are put in by patching.</source>
        <translation>Aktivierungen eines anderen Laufs setzt das Patchen ein.</translation>
    </message>
    <message>
        <source>The engine refuses it: %1 is %2; %3 was expected.</source>
        <translation>Das geht so nicht: %1 ist %2; erwartet wurde %3.</translation>
    </message>
    <message>
        <source>resid_pre (residual stream before the block)</source>
        <translation>resid_pre (Residualstrom vor dem Block)</translation>
    </message>
    <message>
        <source>resid_mid (residual stream after attention)</source>
        <translation>resid_mid (Residualstrom nach der Attention)</translation>
    </message>
    <message>
        <source>resid_post (residual stream after the block)</source>
        <translation>resid_post (Residualstrom nach dem Block)</translation>
    </message>
    <message>
        <source>attn_out (all heads together)</source>
        <translation>attn_out (alle Köpfe zusammen)</translation>
    </message>
    <message>
        <source>mlp_out (output of the MLP)</source>
        <translation>mlp_out (Ausgabe des MLP)</translation>
    </message>
    <message>
        <source>z (head output before W_O)</source>
        <translation>z (Ausgabe des Kopfs vor W_O)</translation>
    </message>
    <message>
        <source>q (queries)</source>
        <translation>q (Queries)</translation>
    </message>
    <message>
        <source>k (keys)</source>
        <translation>k (Keys)</translation>
    </message>
    <message>
        <source>v (values)</source>
        <translation>v (Values)</translation>
    </message>
    <message>
        <source>pattern (attention weights)</source>
        <translation>pattern (Attention-Gewichte)</translation>
    </message>
</context>
<context>
    <name>MapAxes</name>
    <message>
        <source>row %1: where %2 looks</source>
        <translation>Zeile %1: wohin %2 blickt</translation>
    </message>
    <message>
        <source>column %1: who
looks at %2</source>
        <translation>Spalte %1: wer
auf %2 blickt</translation>
    </message>
</context>
<context>
    <name>PruneCurve</name>
    <message>
        <source>loss, nats per token</source>
        <translation>Verlust, Nats je Token</translation>
    </message>
    <message>
        <source>next token right, share</source>
        <translation>nächstes Token richtig, Anteil</translation>
    </message>
    <message>
        <source>KL from all heads on, nats</source>
        <translation>KL gegenüber allen Köpfen, Nats</translation>
    </message>
    <message>
        <source>Whole heads only; nothing is trained again.</source>
        <translation>Nur ganze Köpfe; nichts wird nachtrainiert.</translation>
    </message>
    <message>
        <source>%1, %2 passages, %3 tokens</source>
        <translation>%1, %2 Abschnitte, %3 Token</translation>
    </message>
    <message>
        <source>Loss: mean over the passages of the test text (%1).</source>
        <translation>Verlust: Mittel über die Abschnitte des Testtexts (%1).</translation>
    </message>
    <message>
        <source>Choices%1: on the calibration text (%2).</source>
        <translation>Auswahl%1: auf dem Kalibriertext (%2).</translation>
    </message>
    <message>
        <source> and replacements</source>
        <translation> und Ersatzwerte</translation>
    </message>
    <message>
        <source>Both texts are the same: the losses are those that the choice was made by, and look better than they would elsewhere.</source>
        <translation>Beide Texte sind gleich: Die Verluste sind die, nach denen gewählt wurde, und sehen besser aus als anderswo.</translation>
    </message>
    <message>
        <source>Band: 5 to 95 % of %1 random orders, seed %2. Intervals: 95 %, bootstrap over documents.</source>
        <translation>Band: 5 bis 95 % von %1 zufälligen Reihenfolgen, Startwert %2. Intervalle: 95 %, Bootstrap über Dokumente.</translation>
    </message>
    <message>
        <source>Your cut, %1 off</source>
        <translation>Ihr Schnitt, %1 aus</translation>
    </message>
    <message>
        <source>Greedy, %1 off</source>
        <translation>Gierig, %1 aus</translation>
    </message>
    <message>
        <source>By effect alone, %1 off</source>
        <translation>Nach Einzelwirkung, %1 aus</translation>
    </message>
    <message>
        <source>Random, median of %1</source>
        <translation>Zufällig, Median von %1</translation>
    </message>
    <message>
        <source>Random, best twentieth</source>
        <translation>Zufällig, bestes Zwanzigstel</translation>
    </message>
    <message>
        <source>The text (%1) got easier, this prompt got harder: the loss on one text says little about another.</source>
        <translation>Der Text (%1) wurde leichter, dieser Prompt schwerer: Der Verlust auf einem Text sagt wenig über einen anderen.</translation>
    </message>
    <message>
        <source>The text (%1) got harder, this prompt got easier: the loss on one text says little about another.</source>
        <translation>Der Text (%1) wurde schwerer, dieser Prompt leichter: Der Verlust auf einem Text sagt wenig über einen anderen.</translation>
    </message>
    <message>
        <source>heads off</source>
        <translation>Köpfe aus</translation>
    </message>
    <message>
        <source>median of %1 random orders; band 5 to 95 %</source>
        <translation>Median von %1 zufälligen Reihenfolgen; Band 5 bis 95 %</translation>
    </message>
    <message>
        <source>greedy, measured again at each step</source>
        <translation>gierig, nach jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>heads that are off, in their order</source>
        <translation>Köpfe, die aus sind, in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>all heads on, %1</source>
        <translation>alle Köpfe an, %1</translation>
    </message>
    <message>
        <source>Loss as heads are switched off</source>
        <translation>Verlust, wenn Köpfe ausgeschaltet werden</translation>
    </message>
    <message>
        <source>%1: %2, ablation %3</source>
        <translation>%1: %2, Ablation %3</translation>
    </message>
    <message>
        <source>By score, %1 off</source>
        <translation>Nach Maß, %1 aus</translation>
    </message>
    <message>
        <source>%1, %2 off</source>
        <translation>%1, %2 aus</translation>
    </message>
    <message>
        <source>%1 against %2 random orders: loss below the band at all %3 points.</source>
        <translation>%1 gegen %2 zufällige Reihenfolgen: Verlust an allen %3 Punkten unter dem Band.</translation>
    </message>
    <message>
        <source>%1 against %2 random orders: loss below the band at %3 of %4 points, inside at %5, above at %6.</source>
        <translation>%1 gegen %2 zufällige Reihenfolgen: Verlust an %3 von %4 Punkten unter dem Band, an %5 darin, an %6 darüber.</translation>
    </message>
    <message>
        <source>No better than chance with %1 heads off.</source>
        <translation>Nicht besser als Zufall mit %1 Köpfen aus.</translation>
    </message>
    <message>
        <source>ablation %1</source>
        <translation>Ablation %1</translation>
    </message>
    <message>
        <source>calibration text %1</source>
        <translation>Kalibriertext %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>%1 was measured on another text (%2): its losses are no match for these.</source>
        <translation>%1 wurde auf einem anderen Text gemessen (%2): seine Verluste lassen sich mit diesen nicht vergleichen.</translation>
    </message>
    <message>
        <source>%1 has the same settings.</source>
        <translation>%1 hat dieselben Einstellungen.</translation>
    </message>
    <message>
        <source>%1 differs by: %2.</source>
        <translation>%1 unterscheidet sich durch: %2.</translation>
    </message>
    <message>
        <source>With %1 heads off: %2 here, %3 there.</source>
        <translation>Mit %1 Köpfen aus: hier %2, dort %3.</translation>
    </message>
    <message>
        <source>%1 is shown alone: measure the curve to compare.</source>
        <translation>%1 steht allein: zum Vergleich die Kurve messen.</translation>
    </message>
    <message>
        <source>Accuracy as heads are switched off</source>
        <translation>Trefferquote beim Abschalten von Köpfen</translation>
    </message>
    <message>
        <source>KL as heads are switched off</source>
        <translation>KL beim Abschalten von Köpfen</translation>
    </message>
    <message>
        <source>In Explore, Compare and Text it writes what it wrote on one of these passages, for a prompt always the same one.</source>
        <translation>In Erkunden, Vergleichen und Text schreibt er, was er auf einer dieser Passagen schrieb, für einen Prompt immer derselben.</translation>
    </message>
</context>
<context>
    <name>PruneSettings</name>
    <message>
        <source>A head that is off writes zero.</source>
        <translation>Ein Kopf, der aus ist, schreibt null.</translation>
    </message>
    <message>
        <source>A head that is off writes its mean over the calibration text.</source>
        <translation>Ein Kopf, der aus ist, schreibt sein Mittel über den Kalibriertext.</translation>
    </message>
    <message>
        <source>A head that is off writes what it wrote on another passage of the calibration text; losses are means over several draws.</source>
        <translation>Ein Kopf, der aus ist, schreibt, was er auf einem anderen Abschnitt des Kalibriertexts schrieb; Verluste sind Mittel über mehrere Ziehungen.</translation>
    </message>
    <message>
        <source>A head that is off looks at all visible tokens alike.</source>
        <translation>Ein Kopf, der aus ist, blickt auf alle sichtbaren Token gleich.</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>null</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>resample</source>
        <translation>Tausch</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>greedy, measured again at each step</source>
        <translation>gierig, in jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>smallest effect of one head first, measured again at each step</source>
        <translation>kleinste Wirkung eines Kopfes zuerst, in jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>sorted by the effect of one head alone</source>
        <translation>nach der Wirkung eines Kopfes allein geordnet</translation>
    </message>
    <message>
        <source>lowest score first (%1), measured again at each step</source>
        <translation>kleinstes Maß zuerst (%1), in jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>sorted by score (%1)</source>
        <translation>nach Maß geordnet (%1)</translation>
    </message>
    <message>
        <source>highest score first (%1): the worst order by it</source>
        <translation>größtes Maß zuerst (%1): die schlechteste Reihenfolge danach</translation>
    </message>
    <message>
        <source>trained gates, most closed first (Voita et al. 2019; weights frozen)</source>
        <translation>gelernte Tore, die geschlossensten zuerst (Voita u. a. 2019; Gewichte fest)</translation>
    </message>
    <message>
        <source>smallest output weights first</source>
        <translation>kleinste Ausgangsgewichte zuerst</translation>
    </message>
    <message>
        <source>whole layers, lowest score first</source>
        <translation>ganze Schichten, kleinstes Maß zuerst</translation>
    </message>
    <message>
        <source>random order</source>
        <translation>zufällige Reihenfolge</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>Gierig</translation>
    </message>
    <message>
        <source>By effect</source>
        <translation>Nach Wirkung</translation>
    </message>
    <message>
        <source>By score</source>
        <translation>Nach Maß</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>Umgekehrt</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Tore</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
</context>
<context>
    <name>PruneText</name>
    <message>
        <source>written passages</source>
        <translation>geschriebene Abschnitte</translation>
    </message>
    <message>
        <source>passages sampled from the model</source>
        <translation>vom Modell gezogene Abschnitte</translation>
    </message>
    <message>
        <source>no file chosen</source>
        <translation>keine Datei gewählt</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>%1, at most %2 × %3 tokens</source>
        <translation>%1, höchstens %2 × %3 Token</translation>
    </message>
    <message>
        <source>token ids of %1</source>
        <translation>Token-Ids aus %1</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>layout %1</source>
        <translation>Layout %1</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>Gewichte %1</translation>
    </message>
    <message>
        <source>hash pending</source>
        <translation>Prüfsumme steht aus</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>alle Köpfe</translation>
    </message>
    <message>
        <source>attention weights</source>
        <translation>Attention-Gewichte</translation>
    </message>
    <message>
        <source>attention scores</source>
        <translation>Attention-Scores</translation>
    </message>
    <message>
        <source>value-weighted</source>
        <translation>value-gewichtet</translation>
    </message>
    <message>
        <source>first token hidden</source>
        <translation>erstes Token ausgeblendet</translation>
    </message>
    <message>
        <source>, words: key sum, query mean</source>
        <translation>, Wörter: Summe der Keys, Mittel der Querys</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 Köpfe</translation>
    </message>
    <message>
        <source>prompt, 1 token id</source>
        <translation>Prompt, 1 Token-ID</translation>
    </message>
    <message>
        <source>prompt, %1 token ids</source>
        <translation>Prompt, %1 Token-IDs</translation>
    </message>
    <message>
        <source>, 1 head changed</source>
        <translation>, 1 Kopf geändert</translation>
    </message>
    <message>
        <source>, %1 heads changed</source>
        <translation>, %1 Köpfe geändert</translation>
    </message>
    <message>
        <source>you said %1</source>
        <translation>Ihre Angabe: %1</translation>
    </message>
    <message>
        <source>colours by weight to the power 0.7</source>
        <translation>Farben nach Gewicht hoch 0,7</translation>
    </message>
</context>
<context>
    <name>ValueScale</name>
    <message>
        <source>linear %1 to %2</source>
        <translation>linear %1 bis %2</translation>
    </message>
    <message>
        <source>each row to its own maximum</source>
        <translation>jede Zeile bis zu ihrem Maximum</translation>
    </message>
    <message>
        <source>log %1 to %2</source>
        <translation>log %1 bis %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::AboutDialog</name>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>charts of the head card</source>
        <translation>Diagramme der Kopfkarte</translation>
    </message>
    <message>
        <source>reading and writing files</source>
        <translation>Dateien lesen und schreiben</translation>
    </message>
    <message>
        <source>small matrix products</source>
        <translation>kleine Matrixprodukte</translation>
    </message>
    <message>
        <source>large matrix products</source>
        <translation>große Matrixprodukte</translation>
    </message>
    <message>
        <source>splitting text</source>
        <translation>Text zerlegen</translation>
    </message>
    <message>
        <source>Unicode</source>
        <translation>Unicode</translation>
    </message>
    <message>
        <source>tokenisers</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>colour maps</source>
        <translation>Farbskalen</translation>
    </message>
    <message>
        <source>About HeadScope</source>
        <translation>Über HeadScope</translation>
    </message>
    <message>
        <source>A microscope for the attention heads of transformer models.</source>
        <translation>Ein Mikroskop für die Attention-Köpfe von Transformer-Modellen.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>HeadScope is free software: GNU General Public License, version 3 or later. It comes with no warranty, to the extent the law permits.</source>
        <translation>HeadScope ist freie Software: GNU General Public License, Version 3 oder später. Ohne Gewährleistung, soweit das Gesetz es zulässt.</translation>
    </message>
    <message>
        <source>It stands on:</source>
        <translation>Es beruht auf:</translation>
    </message>
</context>
<context>
    <name>hs::ui::AtlasFeature</name>
    <message>
        <source>Export a&amp;tlas …</source>
        <translation>A&amp;tlas exportieren …</translation>
    </message>
    <message>
        <source>&amp;Strongest head after a repeat</source>
        <translation>&amp;Stärkster Kopf nach Wiederholung</translation>
    </message>
    <message>
        <source>&amp;Measure loss if off, every head</source>
        <translation>Verlust &amp;ohne Kopf messen, jeder Kopf</translation>
    </message>
    <message>
        <source>Atlas</source>
        <translation>Atlas</translation>
    </message>
</context>
<context>
    <name>hs::ui::AtlasPanel</name>
    <message>
        <source>Atlas</source>
        <translation>Atlas</translation>
    </message>
    <message>
        <source>Sort by score</source>
        <translation>Nach Score ordnen</translation>
    </message>
    <message>
        <source>Measure loss if off</source>
        <translation>Verlust ohne Kopf messen</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Anzeige: %1</translation>
    </message>
    <message>
        <source>What the cells show</source>
        <translation>Was die Zellen zeigen</translation>
    </message>
    <message>
        <source>, %1 off</source>
        <translation>, %1 aus</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Messung läuft …</translation>
    </message>
    <message>
        <source>Switches every head off once, on this prompt, and notes how the loss changes</source>
        <translation>Schaltet jeden Kopf einmal aus, bei diesem Prompt, und hält fest, wie sich der Verlust ändert</translation>
    </message>
    <message>
        <source>1 head</source>
        <translation>1 Kopf</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 Köpfe</translation>
    </message>
    <message>
        <source>One label&apos;s score</source>
        <translation>Wert eines Namens</translation>
    </message>
    <message>
        <source>Other measures</source>
        <translation>Andere Maße</translation>
    </message>
    <message>
        <source>Measure loss if off (about %1)</source>
        <translation>Verlust ohne Kopf messen (ca. %1)</translation>
    </message>
    <message>
        <source>Needs a finished run of two tokens or more, of a model that predicts tokens</source>
        <translation>Braucht einen fertigen Lauf von mindestens zwei Token mit einem Modell, das Token vorhersagt</translation>
    </message>
</context>
<context>
    <name>hs::ui::AtlasView</name>
    <message>
        <source>Atlas of heads</source>
        <translation>Atlas der Köpfe</translation>
    </message>
    <message>
        <source>Arrow keys move through heads and layers, Space pins, X switches off.</source>
        <translation>Pfeiltasten wechseln Kopf und Schicht, Leertaste heftet an, X schaltet aus.</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>Schicht %1, Kopf %2</translation>
    </message>
    <message>
        <source>%1 not computed yet</source>
        <translation>%1 noch nicht berechnet</translation>
    </message>
    <message>
        <source>mean entropy %1</source>
        <translation>mittlere Entropie %1</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>pinned for comparison</source>
        <translation>zum Vergleich angeheftet</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Unpin %1</source>
        <translation>%1 lösen</translation>
    </message>
    <message>
        <source>Pin %1 for comparison</source>
        <translation>%1 zum Vergleich anheften</translation>
    </message>
    <message>
        <source>Switch %1 on</source>
        <translation>%1 einschalten</translation>
    </message>
    <message>
        <source>Switch %1 off</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>Heads appear here when a model is open.</source>
        <translation>Die Köpfe erscheinen hier, sobald ein Modell offen ist.</translation>
    </message>
    <message>
        <source>highest first: %1</source>
        <translation>höchste zuerst: %1</translation>
    </message>
    <message>
        <source>H%1</source>
        <translation>H%1</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>candidate for %1, score %2</source>
        <translation>Kandidat für %1, Wert %2</translation>
    </message>
    <message>
        <source>label %1, score %2</source>
        <translation>Name %1, Wert %2</translation>
    </message>
    <message>
        <source>your label: %1</source>
        <translation>Ihr Name: %1</translation>
    </message>
    <message>
        <source>Arrow keys move through heads and layers, X switches the head off or on, Space pins.</source>
        <translation>Pfeiltasten gehen durch Köpfe und Schichten, X schaltet den Kopf aus oder ein, Leertaste merkt ihn.</translation>
    </message>
    <message>
        <source>switch %1 off</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>switch %1 on</source>
        <translation>%1 einschalten</translation>
    </message>
    <message>
        <source>Each pixel is the largest weight under it; its colour follows the power 0.7 of the weight, so that small ones show.</source>
        <translation>Jedes Pixel ist das größte Gewicht darunter; seine Farbe folgt der Potenz 0,7 des Gewichts, damit kleine zu sehen sind.</translation>
    </message>
</context>
<context>
    <name>hs::ui::BatchExportDialog</name>
    <message>
        <source>Export several heads</source>
        <translation>Mehrere Köpfe exportieren</translation>
    </message>
    <message>
        <source>All heads of layer %1</source>
        <translation>Alle Köpfe der Schicht %1</translation>
    </message>
    <message>
        <source>These heads</source>
        <translation>Diese Köpfe</translation>
    </message>
    <message>
        <source>All heads of the model</source>
        <translation>Alle Köpfe des Modells</translation>
    </message>
    <message>
        <source>List of heads</source>
        <translation>Liste der Köpfe</translation>
    </message>
    <message>
        <source>Heads and layers, separated by commas: L0H1, 3.4, L2</source>
        <translation>Köpfe und Schichten, durch Kommas getrennt: L0H1, 3.4, L2</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Numbers, CSV</source>
        <translation>Zahlen, CSV</translation>
    </message>
    <message>
        <source>NPY</source>
        <translation>NPY</translation>
    </message>
    <message>
        <source>LaTeX snippets</source>
        <translation>LaTeX-Schnipsel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Also write</source>
        <translation>Dazu</translation>
    </message>
    <message>
        <source>Folder for figures</source>
        <translation>Ordner für Abbildungen</translation>
    </message>
    <message>
        <source>Writing %1, %2 of %3</source>
        <translation>%1 wird geschrieben, %2 von %3</translation>
    </message>
    <message>
        <source>Type heads and layers, such as L0H1, L2.</source>
        <translation>Geben Sie Köpfe und Schichten ein, etwa L0H1, L2.</translation>
    </message>
    <message>
        <source>“%1” is no head or layer of this model. Type heads and layers, such as L0H1, L2.</source>
        <translation>„%1“ ist kein Kopf und keine Schicht dieses Modells. Geben Sie Köpfe und Schichten ein, etwa L0H1, L2.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled. Heads saved and checked: %1</source>
        <translation>Abgebrochen. Köpfe gespeichert und geprüft: %1</translation>
    </message>
    <message>
        <source>Heads saved and checked: %1</source>
        <translation>Köpfe gespeichert und geprüft: %1</translation>
    </message>
    <message>
        <source>Heads saved and checked before it: %1</source>
        <translation>Davor gespeicherte und geprüfte Köpfe: %1</translation>
    </message>
    <message>
        <source>1 figure, size and text as chosen in the last export</source>
        <translation>1 Abbildung, Größe und Schrift wie beim letzten Export</translation>
    </message>
    <message>
        <source>%1 figures, size and text as chosen in the last export</source>
        <translation>%1 Abbildungen, Größe und Schrift wie beim letzten Export</translation>
    </message>
</context>
<context>
    <name>hs::ui::Catalogue</name>
    <message>
        <source>Knockout of the attention a label describes</source>
        <translation>Ausschalten der Attention, die ein Name beschreibt</translation>
    </message>
    <message>
        <source>In-context-learning score</source>
        <translation>Maß für Lernen im Kontext</translation>
    </message>
    <message>
        <source>Entropy and effective keys</source>
        <translation>Entropie und wirksame Keys</translation>
    </message>
    <message>
        <source>Attention distance</source>
        <translation>Attention-Abstand</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Attention sink</source>
        <translation>Attention-Senke</translation>
    </message>
    <message>
        <source>Vertical pattern</source>
        <translation>Senkrechtes Muster</translation>
    </message>
    <message>
        <source>Delimiter and punctuation</source>
        <translation>Trenner und Satzzeichen</translation>
    </message>
    <message>
        <source>Positional pattern at every offset</source>
        <translation>Positionsmuster in jedem Abstand</translation>
    </message>
    <message>
        <source>Attention to itself</source>
        <translation>Attention auf sich selbst</translation>
    </message>
    <message>
        <source>Local band</source>
        <translation>Lokales Band</translation>
    </message>
    <message>
        <source>Broad attention</source>
        <translation>Breite Attention</translation>
    </message>
    <message>
        <source>Pieces of one word</source>
        <translation>Stücke eines Wortes</translation>
    </message>
    <message>
        <source>Block: sentence, paragraph, line, quotation</source>
        <translation>Block: Satz, Absatz, Zeile, Zitat</translation>
    </message>
    <message>
        <source>Rarest word</source>
        <translation>Seltenstes Wort</translation>
    </message>
    <message>
        <source>No-op by norms</source>
        <translation>Leerlauf nach Normen</translation>
    </message>
    <message>
        <source>Evidence and tests</source>
        <translation>Belege und Tests</translation>
    </message>
    <message>
        <source>Iteration heads</source>
        <translation>Iterationsköpfe</translation>
    </message>
    <message>
        <source>Statistical induction</source>
        <translation>Statistische Induktion</translation>
    </message>
    <message>
        <source>Previous and next token on random tokens</source>
        <translation>Voriges und nächstes Token auf Zufallstokens</translation>
    </message>
    <message>
        <source>Duplicate token</source>
        <translation>Doppeltes Token</translation>
    </message>
    <message>
        <source>Induction</source>
        <translation>Induktion</translation>
    </message>
    <message>
        <source>Prefix matching over four copies</source>
        <translation>Präfixvergleich über vier Kopien</translation>
    </message>
    <message>
        <source>Pointer mass</source>
        <translation>Zeigermasse</translation>
    </message>
    <message>
        <source>Copying at run time</source>
        <translation>Kopieren zur Laufzeit</translation>
    </message>
    <message>
        <source>Lag curve and CMR distance</source>
        <translation>Lag-Kurve und CMR-Abstand</translation>
    </message>
    <message>
        <source>Retrieval of key and value</source>
        <translation>Abruf von Key und Value</translation>
    </message>
    <message>
        <source>Copying by the OV circuit</source>
        <translation>Kopieren durch den OV-Kreis</translation>
    </message>
    <message>
        <source>Same-token matching by the QK circuit</source>
        <translation>Vergleich gleicher Tokens durch den QK-Kreis</translation>
    </message>
    <message>
        <source>Successor</source>
        <translation>Nachfolger</translation>
    </message>
    <message>
        <source>Copy suppression</source>
        <translation>Kopierunterdrückung</translation>
    </message>
    <message>
        <source>Previous-token recall of positions</source>
        <translation>Voriges Token aus den Positionen</translation>
    </message>
    <message>
        <source>Matching recall through an earlier head</source>
        <translation>Abruf über einen früheren Kopf</translation>
    </message>
    <message>
        <source>documents in which attention is knocked out</source>
        <translation>Passagen, in denen Attention ausgeschaltet wird</translation>
    </message>
    <message>
        <source>least mean change of the prediction, in nats</source>
        <translation>kleinste mittlere Änderung der Vorhersage, in Nats</translation>
    </message>
    <message>
        <source>sequences of text, documents joined where they are shorter</source>
        <translation>Folgen aus Text; kürzere Passagen werden verbunden</translation>
    </message>
    <message>
        <source>mean weight on the first token that makes a document count</source>
        <translation>mittleres Gewicht auf dem ersten Token, ab dem eine Passage zählt</translation>
    </message>
    <message>
        <source>share of documents above it</source>
        <translation>Anteil der Passagen darüber</translation>
    </message>
    <message>
        <source>least score against uniform attention</source>
        <translation>kleinster Wert gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>the same on random tokens, for heads that rest only where they find nothing</source>
        <translation>dasselbe auf Zufallstokens, für Köpfe, die nur ruhen, wo sie nichts finden</translation>
    </message>
    <message>
        <source>rows T of each document that count</source>
        <translation>Zeilen T jeder Passage, die zählen</translation>
    </message>
    <message>
        <source>shorter documents do not count</source>
        <translation>kürzere Passagen zählen nicht</translation>
    </message>
    <message>
        <source>mean weight on the token class</source>
        <translation>mittleres Gewicht auf der Tokenklasse</translation>
    </message>
    <message>
        <source>the same against uniform attention</source>
        <translation>dasselbe gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>excess of the best other column over uniform attention</source>
        <translation>Überschuss der besten anderen Spalte über gleichmäßige Attention</translation>
    </message>
    <message>
        <source>mean weight on punctuation</source>
        <translation>mittleres Gewicht auf Satzzeichen</translation>
    </message>
    <message>
        <source>mean weight at the offset against uniform attention</source>
        <translation>mittleres Gewicht im Abstand gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>share of rows with their largest weight there that makes the label strict</source>
        <translation>Anteil der Zeilen mit dem größten Gewicht dort, ab dem der Name streng gilt</translation>
    </message>
    <message>
        <source>mean weight on the own token against uniform attention</source>
        <translation>mittleres Gewicht auf dem eigenen Token gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>mean weight in the band against uniform attention</source>
        <translation>mittleres Gewicht im Band gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>keys to each side</source>
        <translation>Keys zu jeder Seite</translation>
    </message>
    <message>
        <source>entropy of content rows, 1 for uniform attention</source>
        <translation>Entropie der Inhaltszeilen, 1 bei gleichmäßiger Attention</translation>
    </message>
    <message>
        <source>mean weight on the word&apos;s other pieces against uniform attention</source>
        <translation>mittleres Gewicht auf den anderen Stücken des Wortes gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>the same against the head&apos;s own offset profile</source>
        <translation>dasselbe gegen das eigene Abstandsprofil des Kopfes</translation>
    </message>
    <message>
        <source>mean weight in the own segment against uniform attention</source>
        <translation>mittleres Gewicht im eigenen Abschnitt gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>entropy inside the segment, 1 for uniform</source>
        <translation>Entropie im Abschnitt, 1 bei gleichmäßiger Verteilung</translation>
    </message>
    <message>
        <source>share of sentences whose rarest token gets the most attention</source>
        <translation>Anteil der Sätze, deren seltenstes Token die meiste Attention bekommt</translation>
    </message>
    <message>
        <source>the same against chance</source>
        <translation>dasselbe gegen den Zufall</translation>
    </message>
    <message>
        <source>the rarest token must be outside of so many most frequent ones</source>
        <translation>das seltenste Token muss außerhalb so vieler häufigster liegen</translation>
    </message>
    <message>
        <source>most that reference tokens may write, as a share of all that is written</source>
        <translation>was Bezugstokens höchstens schreiben dürfen, als Anteil an allem Geschriebenen</translation>
    </message>
    <message>
        <source>share of an average value that is not written</source>
        <translation>Anteil eines mittleren Wertes, der nicht geschrieben wird</translation>
    </message>
    <message>
        <source>content keys that a row must see to count</source>
        <translation>Inhalts-Keys, die eine Zeile sehen muss, um zu zählen</translation>
    </message>
    <message>
        <source>attention that must be off reference tokens for a content row</source>
        <translation>Attention, die für eine Inhaltszeile nicht auf Bezugstokens liegen darf</translation>
    </message>
    <message>
        <source>documents below which there is no answer</source>
        <translation>Passagen, unter denen es keine Antwort gibt</translation>
    </message>
    <message>
        <source>rows in which the pattern could show, below which there is no answer</source>
        <translation>Zeilen, in denen das Muster auftreten könnte; darunter keine Antwort</translation>
    </message>
    <message>
        <source>false discovery rate</source>
        <translation>Rate falscher Entdeckungen</translation>
    </message>
    <message>
        <source>standard deviations above shuffled weights</source>
        <translation>Standardabweichungen über gemischten Gewichten</translation>
    </message>
    <message>
        <source>sign flips B</source>
        <translation>Vorzeichenwechsel B</translation>
    </message>
    <message>
        <source>bootstrap resamples</source>
        <translation>Bootstrap-Ziehungen</translation>
    </message>
    <message>
        <source>of the interval</source>
        <translation>des Intervalls</translation>
    </message>
    <message>
        <source>shifts of an annotation (N2), fewer in short documents</source>
        <translation>Verschiebungen einer Markierung (N2), weniger in kurzen Passagen</translation>
    </message>
    <message>
        <source>rows below which the profile of an offset is taken as uniform (N1)</source>
        <translation>Zeilen, unter denen das Profil eines Abstands als gleichmäßig gilt (N1)</translation>
    </message>
    <message>
        <source>least mean weight of the head&apos;s part of the pattern</source>
        <translation>kleinstes mittleres Gewicht des Kopfes an seinem Teil des Musters</translation>
    </message>
    <message>
        <source>least mean weight of the other part, in a head of another layer</source>
        <translation>kleinstes mittleres Gewicht des anderen Teils, in einem Kopf einer anderen Schicht</translation>
    </message>
    <message>
        <source>sequences of parity and polynomial tasks</source>
        <translation>Folgen aus Paritäts- und Polynomaufgaben</translation>
    </message>
    <message>
        <source>least kappa of the weight on what followed the same state</source>
        <translation>kleinstes Kappa des Gewichts auf dem, was demselben Zustand folgte</translation>
    </message>
    <message>
        <source>least evenness of that weight over its places</source>
        <translation>kleinste Gleichmäßigkeit dieses Gewichts über seine Stellen</translation>
    </message>
    <message>
        <source>Markov chains</source>
        <translation>Markow-Ketten</translation>
    </message>
    <message>
        <source>least kappa of the mean weight on the neighbour, content view</source>
        <translation>kleinstes Kappa des mittleren Gewichts auf dem Nachbarn, Inhaltssicht</translation>
    </message>
    <message>
        <source>sequences of repeated random tokens, shared by this family</source>
        <translation>Folgen wiederholter Zufallstokens, gemeinsam für diese Familie</translation>
    </message>
    <message>
        <source>least mean weight on the earlier equal token</source>
        <translation>kleinstes mittleres Gewicht auf dem früheren gleichen Token</translation>
    </message>
    <message>
        <source>least mean weight on the token after the earlier equal one</source>
        <translation>kleinstes mittleres Gewicht auf dem Token nach dem früheren gleichen</translation>
    </message>
    <message>
        <source>largest distance to the best curve of the memory model</source>
        <translation>größter Abstand zur besten Kurve des Gedächtnismodells</translation>
    </message>
    <message>
        <source>least fit 1 - distance over that of sequences in which nothing repeats</source>
        <translation>kleinste Güte 1 − Abstand über der von Folgen ohne Wiederholung</translation>
    </message>
    <message>
        <source>score at lag +1 minus lag -1: duplicate-token heads fit too, but are even</source>
        <translation>Wert bei Lag +1 minus Lag −1: auch Doppelt-Köpfe passen, sind aber symmetrisch</translation>
    </message>
    <message>
        <source>least mean share of the needle that is copied</source>
        <translation>kleinster mittlerer Anteil der Nadel, der kopiert wird</translation>
    </message>
    <message>
        <source>key-value sequences of different length and depth</source>
        <translation>Key-Value-Folgen verschiedener Länge und Tiefe</translation>
    </message>
    <message>
        <source>least eigenvalue score of the OV circuit, effective embedding</source>
        <translation>kleinster Eigenwert-Wert des OV-Kreises, wirksames Embedding</translation>
    </message>
    <message>
        <source>least share of tokens that raise themselves among the first five</source>
        <translation>kleinster Anteil der Tokens, die sich selbst unter die ersten fünf heben</translation>
    </message>
    <message>
        <source>least eigenvalue score of the QK circuit, effective embedding</source>
        <translation>kleinster Eigenwert-Wert des QK-Kreises, wirksames Embedding</translation>
    </message>
    <message>
        <source>least share of items whose best item of the class is the next</source>
        <translation>kleinster Anteil der Elemente, deren bestes Element der Klasse das nächste ist</translation>
    </message>
    <message>
        <source>least ratio of that share to chance</source>
        <translation>kleinstes Verhältnis dieses Anteils zum Zufall</translation>
    </message>
    <message>
        <source>least share of tokens that lower themselves into the lowest 5 %</source>
        <translation>kleinster Anteil der Tokens, die sich selbst in die untersten 5 % drücken</translation>
    </message>
    <message>
        <source>chosen for HeadScope</source>
        <translation>für HeadScope gewählt</translation>
    </message>
    <message>
        <source>excess over uniform</source>
        <translation>Überschuss über gleichmäßig</translation>
    </message>
    <message>
        <source>excess over its distance profile</source>
        <translation>Überschuss über sein Abstandsprofil</translation>
    </message>
    <message>
        <source>excess over the best other column</source>
        <translation>Überschuss über die beste andere Spalte</translation>
    </message>
    <message>
        <source>excess over the control</source>
        <translation>Überschuss über die Kontrolle</translation>
    </message>
    <message>
        <source>excess over chance</source>
        <translation>Überschuss über Zufall</translation>
    </message>
    <message>
        <source>mean weight</source>
        <translation>mittleres Gewicht</translation>
    </message>
    <message>
        <source>evenness inside the segment</source>
        <translation>Gleichmäßigkeit im Abschnitt</translation>
    </message>
    <message>
        <source>evenness</source>
        <translation>Gleichmäßigkeit</translation>
    </message>
    <message>
        <source>share of passages</source>
        <translation>Anteil der Passagen</translation>
    </message>
    <message>
        <source>weight on the first token</source>
        <translation>Gewicht auf dem ersten Token</translation>
    </message>
    <message>
        <source>excess of its best column</source>
        <translation>Überschuss seiner besten Spalte</translation>
    </message>
    <message>
        <source>share that reference tokens write</source>
        <translation>Anteil, den Bezugstokens schreiben</translation>
    </message>
    <message>
        <source>share that is not written</source>
        <translation>Anteil, der nicht geschrieben wird</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>excess of subwords over words</source>
        <translation>Überschuss der Wortteile über Wörter</translation>
    </message>
    <message>
        <source>share copied</source>
        <translation>Anteil kopiert</translation>
    </message>
    <message>
        <source>positive eigenvalues, share</source>
        <translation>positive Eigenwerte, Anteil</translation>
    </message>
    <message>
        <source>own token in the top 5</source>
        <translation>eigenes Token unter den ersten 5</translation>
    </message>
    <message>
        <source>share suppressed</source>
        <translation>Anteil unterdrückt</translation>
    </message>
    <message>
        <source>times chance</source>
        <translation>Vielfaches des Zufalls</translation>
    </message>
    <message>
        <source>weight on the partner</source>
        <translation>Gewicht auf dem Partner</translation>
    </message>
    <message>
        <source>distance from the CMR curve</source>
        <translation>Abstand von der CMR-Kurve</translation>
    </message>
    <message>
        <source>forward over backward</source>
        <translation>vorwärts gegen rückwärts</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>entropy, 0 to 1</source>
        <translation>Entropie, 0 bis 1</translation>
    </message>
    <message>
        <source>effective keys</source>
        <translation>wirksame Keys</translation>
    </message>
    <message>
        <source>mean distance</source>
        <translation>mittlerer Abstand</translation>
    </message>
    <message>
        <source>mean of row maxima</source>
        <translation>Mittel der Zeilenmaxima</translation>
    </message>
    <message>
        <source>share on content</source>
        <translation>Anteil auf Inhalt</translation>
    </message>
    <message>
        <source>explained attention</source>
        <translation>erklärte Attention</translation>
    </message>
    <message>
        <source>weight on the first content token</source>
        <translation>Gewicht auf dem ersten Inhaltstoken</translation>
    </message>
    <message>
        <source>weight on the previous token</source>
        <translation>Gewicht auf dem vorigen Token</translation>
    </message>
    <message>
        <source>hits on the previous token</source>
        <translation>Treffer auf dem vorigen Token</translation>
    </message>
    <message>
        <source>change of the in-context-learning score</source>
        <translation>Änderung des Werts für Lernen im Kontext</translation>
    </message>
    <message>
        <source>copying at run time</source>
        <translation>Kopieren zur Laufzeit</translation>
    </message>
    <message>
        <source>copying at run time, seen tokens</source>
        <translation>Kopieren zur Laufzeit, gesehene Tokens</translation>
    </message>
    <message>
        <source>iteration, input</source>
        <translation>Iteration, Eingabe</translation>
    </message>
    <message>
        <source>iteration, separator</source>
        <translation>Iteration, Trenner</translation>
    </message>
    <message>
        <source>lag asymmetry</source>
        <translation>Asymmetrie der Abstände</translation>
    </message>
    <message>
        <source>lag of the peak</source>
        <translation>Abstand des Gipfels</translation>
    </message>
    <message>
        <source>matching recall</source>
        <translation>Trefferquote der Passung</translation>
    </message>
    <message>
        <source>OV eigenvalues</source>
        <translation>OV-Eigenwerte</translation>
    </message>
    <message>
        <source>OV eigenvalues, raw embedding</source>
        <translation>OV-Eigenwerte, rohes Embedding</translation>
    </message>
    <message>
        <source>OV eigenvalues, residual</source>
        <translation>OV-Eigenwerte, Residuum</translation>
    </message>
    <message>
        <source>OV copying, top 1</source>
        <translation>OV-Kopieren, erste 1</translation>
    </message>
    <message>
        <source>OV copying, top 5</source>
        <translation>OV-Kopieren, erste 5</translation>
    </message>
    <message>
        <source>OV copying, top 1, raw embedding</source>
        <translation>OV-Kopieren, erste 1, rohes Embedding</translation>
    </message>
    <message>
        <source>OV copying, top 5, raw embedding</source>
        <translation>OV-Kopieren, erste 5, rohes Embedding</translation>
    </message>
    <message>
        <source>OV suppression, lowest</source>
        <translation>OV-Unterdrückung, letzter</translation>
    </message>
    <message>
        <source>OV suppression, lowest 10</source>
        <translation>OV-Unterdrückung, letzte 10</translation>
    </message>
    <message>
        <source>QK eigenvalues</source>
        <translation>QK-Eigenwerte</translation>
    </message>
    <message>
        <source>QK eigenvalues, raw embedding</source>
        <translation>QK-Eigenwerte, rohes Embedding</translation>
    </message>
    <message>
        <source>pointer mass</source>
        <translation>Zeigermasse</translation>
    </message>
    <message>
        <source>prefix matching</source>
        <translation>Präfixpassung</translation>
    </message>
    <message>
        <source>duplicate token on random tokens</source>
        <translation>doppeltes Token auf Zufallstokens</translation>
    </message>
    <message>
        <source>induction on random tokens</source>
        <translation>Induktion auf Zufallstokens</translation>
    </message>
    <message>
        <source>previous token on random tokens</source>
        <translation>voriges Token auf Zufallstokens</translation>
    </message>
    <message>
        <source>its deviation over sequences</source>
        <translation>deren Streuung über Folgen</translation>
    </message>
    <message>
        <source>retrieval frequency</source>
        <translation>Häufigkeit des Abrufs</translation>
    </message>
    <message>
        <source>statistical induction</source>
        <translation>statistische Induktion</translation>
    </message>
    <message>
        <source>successor score</source>
        <translation>Nachfolgerwert</translation>
    </message>
    <message>
        <source>successor classes</source>
        <translation>Nachfolgerklassen</translation>
    </message>
    <message>
        <source>successor margin</source>
        <translation>Nachfolgerabstand</translation>
    </message>
    <message>
        <source>suppression, QK rank 1</source>
        <translation>Unterdrückung, QK-Rang 1</translation>
    </message>
    <message>
        <source>suppression, QK rank 10</source>
        <translation>Unterdrückung, QK-Rang 10</translation>
    </message>
    <message>
        <source>Attention distance against uniform attention</source>
        <translation>Abstand der Attention gegen gleichmäßige Attention</translation>
    </message>
    <message>
        <source>mean distance, passage by passage</source>
        <translation>mittlerer Abstand, Abschnitt für Abschnitt</translation>
    </message>
    <message>
        <source>10^12 multiply-adds on text: longer texts are thinned evenly, unless a number is asked for</source>
        <translation>10^12 Multiplikationen und Additionen für Text: längere Texte werden gleichmäßig ausgedünnt, wenn keine Zahl verlangt ist</translation>
    </message>
    <message>
        <source>10^12 multiply-adds on made sequences: fewer of each kind are made beyond that</source>
        <translation>10^12 Multiplikationen und Additionen für künstliche Folgen: darüber hinaus entstehen von jeder Art weniger</translation>
    </message>
    <message>
        <source>10^12 multiply-adds: fewer documents and labels beyond that, the strongest of each kind first</source>
        <translation>10^12 Multiplikationen und Additionen: darüber hinaus weniger Dokumente und Namen, die stärksten jeder Art zuerst</translation>
    </message>
    <message>
        <source>10^12 multiply-adds: fewer sequences and heads beyond that</source>
        <translation>10^12 Multiplikationen und Additionen: darüber hinaus weniger Folgen und Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::CauseEdgePage</name>
    <message>
        <source>Attention edges</source>
        <translation>Attention-Kanten</translation>
    </message>
    <message>
        <source>Check the %1 strongest</source>
        <translation>Die %1 stärksten prüfen</translation>
    </message>
    <message>
        <source>Knocks each of them out by itself, exactly, and compares the estimate</source>
        <translation>Kappt jede für sich, exakt, und vergleicht die Schätzung</translation>
    </message>
    <message>
        <source>Effect of removing each attention edge</source>
        <translation>Wirkung, wenn jede Attention-Kante entfernt wird</translation>
    </message>
    <message>
        <source>Keep this edge cut</source>
        <translation>Diese Kante gekappt lassen</translation>
    </message>
    <message>
        <source>Adds a knock-out to the interventions; one undo step</source>
        <translation>Fügt den Eingriffen eine gekappte Kante hinzu; ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>knock out an edge of %1</source>
        <translation>eine Kante von %1 kappen</translation>
    </message>
    <message>
        <source>logit of “%1” minus “%2” after “%3”</source>
        <translation>Logit von „%1“ minus „%2“ nach „%3“</translation>
    </message>
    <message>
        <source>logit of “%1” after “%2”</source>
        <translation>Logit von „%1“ nach „%2“</translation>
    </message>
    <message>
        <source>One backward pass for all edges</source>
        <translation>Ein Rückwärtslauf für alle Kanten</translation>
    </message>
    <message>
        <source>Knocking edges out</source>
        <translation>Kanten werden gekappt</translation>
    </message>
    <message>
        <source>Edges of L%1 H%2</source>
        <translation>Kanten von L%1 H%2</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>change of the logit when the edge is removed, estimate</source>
        <translation>Änderung des Logits ohne die Kante, Schätzung</translation>
    </message>
    <message>
        <source>Click an edge: it is knocked out exactly.</source>
        <translation>Klicken Sie auf eine Kante: Sie wird exakt gekappt.</translation>
    </message>
    <message>
        <source>“%1” → “%2”: exact %3, estimate %4.</source>
        <translation>„%1“ → „%2“: exakt %3, Schätzung %4.</translation>
    </message>
    <message>
        <source>Measured: %1, now %2.</source>
        <translation>Gemessen: %1, jetzt %2.</translation>
    </message>
    <message>
        <source>An edge is removed by knocking out its score; the row is normalised again. The map is a first-order estimate from one backward pass (Fu et al. 2024).</source>
        <translation>Eine Kante verschwindet, indem ihr Score gekappt wird; die Zeile wird neu normiert. Die Karte ist eine Schätzung erster Ordnung aus einem Rückwärtslauf (Fu u. a. 2024).</translation>
    </message>
    <message>
        <source>No edge is checked yet.</source>
        <translation>Noch keine Kante ist geprüft.</translation>
    </message>
    <message>
        <source>1 edge checked exactly, error %1.</source>
        <translation>1 Kante exakt geprüft, Fehler %1.</translation>
    </message>
    <message>
        <source>%1 edges checked exactly, largest error %2.</source>
        <translation>%1 Kanten exakt geprüft, größter Fehler %2.</translation>
    </message>
    <message>
        <source>This prompt only: no interval.</source>
        <translation>Nur dieser Prompt: kein Intervall.</translation>
    </message>
    <message>
        <source>Influence of edges</source>
        <translation>Einfluss der Kanten</translation>
    </message>
    <message>
        <source>Knock out edges</source>
        <translation>Kanten abschalten</translation>
    </message>
</context>
<context>
    <name>hs::ui::CauseFlowPage</name>
    <message>
        <source>Information flow routes</source>
        <translation>Wege des Informationsflusses</translation>
    </message>
    <message>
        <source>Smallest share of an edge</source>
        <translation>Kleinster Anteil einer Kante</translation>
    </message>
    <message>
        <source>Edges with a smaller share of their sum are left out</source>
        <translation>Kanten mit kleinerem Anteil an ihrer Summe bleiben weg</translation>
    </message>
    <message>
        <source>share above</source>
        <translation>Anteil über</translation>
    </message>
    <message>
        <source>Routes to what follows “%1”</source>
        <translation>Wege zu dem, was auf „%1“ folgt</translation>
    </message>
    <message>
        <source>Largest part of a head: %1, %2 of what attention adds on the route, on average.</source>
        <translation>Größter Teil eines Kopfs: %1, im Mittel %2 dessen, was die Attention auf dem Weg beiträgt.</translation>
    </message>
    <message>
        <source>Shares are l1 proximities of each part to the sum (Ferrando &amp; Voita 2024): one forward pass, nothing is ablated, so they are no exact causes; check a head in the Logit or Edges view.</source>
        <translation>Anteile sind l1-Nähen jedes Teils zur Summe (Ferrando &amp; Voita 2024): ein Vorwärtslauf, nichts wird abgeschaltet, also keine exakten Ursachen; prüfen Sie einen Kopf unter Logit oder Kanten.</translation>
    </message>
    <message>
        <source>This prompt only: no interval.</source>
        <translation>Nur dieser Prompt: kein Intervall.</translation>
    </message>
    <message>
        <source>Following the routes</source>
        <translation>Die Wege werden verfolgt</translation>
    </message>
    <message>
        <source>%1 states, %2 edges with a share above %3; blue: attention, named by the head that carries most of it; grey: residual and MLP; squares: MLPs.</source>
        <translation>%1 Zustände, %2 Kanten mit einem Anteil über %3; blau: Attention, benannt nach dem Kopf, der am meisten davon trägt; grau: Residuum und MLP; Quadrate: MLPs.</translation>
    </message>
    <message>
        <source>Routes lead to the place, whatever the answer is.</source>
        <translation>Die Wege führen zur Stelle, gleich welche Antwort gefragt ist.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CauseLogitPage</name>
    <message>
        <source>Who wrote the logit</source>
        <translation>Wer das Logit schrieb</translation>
    </message>
    <message>
        <source>By head</source>
        <translation>Nach Kopf</translation>
    </message>
    <message>
        <source>By source token</source>
        <translation>Nach Quelltoken</translation>
    </message>
    <message>
        <source>What each head adds to the logit</source>
        <translation>Was jeder Kopf zum Logit beiträgt</translation>
    </message>
    <message>
        <source>Splitting the logit</source>
        <translation>Das Logit wird zerlegt</translation>
    </message>
    <message>
        <source>logit of “%1” minus “%2” after “%3”</source>
        <translation>Logit von „%1“ minus „%2“ nach „%3“</translation>
    </message>
    <message>
        <source>logit of “%1” after “%2”</source>
        <translation>Logit von „%1“ nach „%2“</translation>
    </message>
    <message>
        <source>adds to the logit</source>
        <translation>Beitrag zum Logit</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>strongest heads</source>
        <translation>stärkste Köpfe</translation>
    </message>
    <message>
        <source>source token</source>
        <translation>Quelltoken</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>alle Köpfe</translation>
    </message>
    <message>
        <source>all MLPs</source>
        <translation>alle MLPs</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>Token-Embedding</translation>
    </message>
    <message>
        <source>position embedding</source>
        <translation>Positions-Embedding</translation>
    </message>
    <message>
        <source>attention biases</source>
        <translation>Attention-Biasse</translation>
    </message>
    <message>
        <source>interventions</source>
        <translation>Eingriffe</translation>
    </message>
    <message>
        <source>norm biases</source>
        <translation>Norm-Biasse</translation>
    </message>
    <message>
        <source>output bias</source>
        <translation>Ausgabebias</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>sum %1, logit %2, remainder %3</source>
        <translation>Summe %1, Logit %2, Rest %3</translation>
    </message>
    <message>
        <source>Direct contributions: what each part wrote into the residual stream, the norms&apos; scales frozen at this run&apos;s own; effects through later layers are not in it.</source>
        <translation>Direkte Beiträge: was jeder Teil in den Residualstrom schrieb, die Skalen der Normen bei denen dieses Laufs festgehalten; Wirkungen über spätere Schichten sind nicht darin.</translation>
    </message>
    <message>
        <source>This prompt, %1 tokens; exact, so no interval.</source>
        <translation>Dieser Prompt, %1 Token; exakt, daher kein Intervall.</translation>
    </message>
    <message>
        <source>Logit attribution</source>
        <translation>Logit-Zurechnung</translation>
    </message>
    <message>
        <source>This model bends its logits softly to at most %1; sum and logit are those before it.</source>
        <translation>Dieses Modell biegt seine Logits weich auf höchstens %1; Summe und Logit sind die davor.</translation>
    </message>
    <message>
        <source>Heads that add or take most, and what they look at</source>
        <translation>Köpfe, die am meisten geben oder nehmen, und worauf sie schauen</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>adds</source>
        <translation>gibt</translation>
    </message>
    <message>
        <source>looks at</source>
        <translation>schaut auf</translation>
    </message>
    <message>
        <source>most comes from</source>
        <translation>das meiste kommt von</translation>
    </message>
    <message>
        <source>The heads with the largest direct contributions, in either direction</source>
        <translation>Die Köpfe mit den größten direkten Beiträgen, in beide Richtungen</translation>
    </message>
    <message>
        <source>What the head adds to the logit directly: the same number as in the map</source>
        <translation>Was der Kopf dem Logit direkt gibt: dieselbe Zahl wie in der Karte</translation>
    </message>
    <message>
        <source>The tokens with the largest attention weights, from the place that is explained</source>
        <translation>Die Token mit den größten Aufmerksamkeitsgewichten, von der erklärten Stelle aus</translation>
    </message>
    <message>
        <source>The token whose value vector, through this head, adds or takes most, and how much</source>
        <translation>Das Token, dessen Wertvektor durch diesen Kopf am meisten gibt oder nimmt, und wie viel</translation>
    </message>
    <message>
        <source>The list: heads with the largest contributions, their attention weights from this place, and the source token that most of it came through.</source>
        <translation>Die Liste: Köpfe mit den größten Beiträgen, ihre Gewichte von dieser Stelle aus und das Quelltoken, durch das das meiste kam.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CausePage</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open a model and run a prompt.</source>
        <translation>Öffnen Sie ein Modell und führen Sie einen Prompt aus.</translation>
    </message>
    <message>
        <source>Cancelled; what was finished is kept.</source>
        <translation>Abgebrochen; was fertig war, bleibt.</translation>
    </message>
    <message>
        <source>This prompt has not run yet. Press Run.</source>
        <translation>Dieser Prompt ist noch nicht gelaufen. „Ausführen“ drücken.</translation>
    </message>
    <message>
        <source>This prompt has run through %1 of %2 layers; causes need all of them. Press Run.</source>
        <translation>Dieser Prompt ist durch %1 von %2 Schichten gelaufen; Ursachen brauchen alle. „Ausführen“ drücken.</translation>
    </message>
    <message>
        <source>1 intervention is in force in this run.</source>
        <translation>In diesem Lauf wirkt 1 Eingriff.</translation>
    </message>
    <message>
        <source>%1 interventions are in force in this run.</source>
        <translation>In diesem Lauf wirken %1 Eingriffe.</translation>
    </message>
    <message>
        <source>Enter in the question above computes it again.</source>
        <translation>Die Eingabetaste in der Frage oben berechnet es neu.</translation>
    </message>
    <message>
        <source>Grey: computed for what follows “%1”.</source>
        <translation>Grau: berechnet für das, was auf „%1“ folgt.</translation>
    </message>
    <message>
        <source>Grey: computed for “%1” after “%2”.</source>
        <translation>Grau: berechnet für „%1“ nach „%2“.</translation>
    </message>
    <message>
        <source>Grey: computed for “%1” against “%2” after “%3”.</source>
        <translation>Grau: berechnet für „%1“ gegen „%2“ nach „%3“.</translation>
    </message>
    <message>
        <source>Corrupted prompt then: “%1”.</source>
        <translation>Verfälschter Prompt damals: „%1“.</translation>
    </message>
    <message>
        <source>The run above has changed since.</source>
        <translation>Der Lauf oben hat sich seither geändert.</translation>
    </message>
    <message>
        <source>It is being computed again.</source>
        <translation>Es wird gerade neu berechnet.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CausePatchPage</name>
    <message>
        <source>Patching</source>
        <translation>Patching</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>Patchen</translation>
    </message>
    <message>
        <source>What is exchanged</source>
        <translation>Was getauscht wird</translation>
    </message>
    <message>
        <source>Where the paths end</source>
        <translation>Wo die Wege enden</translation>
    </message>
    <message>
        <source>The head is the one selected in the atlas</source>
        <translation>Gemeint ist der im Atlas gewählte Kopf</translation>
    </message>
    <message>
        <source>Layer × head</source>
        <translation>Schicht × Kopf</translation>
    </message>
    <message>
        <source>Layer × position</source>
        <translation>Schicht × Stelle</translation>
    </message>
    <message>
        <source>Clean in</source>
        <translation>Sauber hinein</translation>
    </message>
    <message>
        <source>Corrupted in</source>
        <translation>Verfälscht hinein</translation>
    </message>
    <message>
        <source>Clean activations into the corrupted run show what is sufficient; corrupted ones into the clean run what is necessary</source>
        <translation>Saubere Aktivierungen im verfälschten Lauf zeigen, was hinreicht; verfälschte im sauberen Lauf, was nötig ist</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share: 0 changes nothing, 1 closes the whole gap between both prompts</source>
        <translation>Anteil: 0 ändert nichts, 1 schließt die ganze Lücke zwischen beiden Prompts</translation>
    </message>
    <message>
        <source>Effect of patching each place</source>
        <translation>Wirkung des Patchens an jeder Stelle</translation>
    </message>
    <message>
        <source>Cancelled; what was finished is kept.</source>
        <translation>Abgebrochen; was fertig war, bleibt.</translation>
    </message>
    <message>
        <source>Clean: the prompt above. Patched runs are compared position by position.</source>
        <translation>Sauber: der Prompt oben. Verglichen wird Stelle für Stelle.</translation>
    </message>
    <message>
        <source>%1 tokens each, %2 differ: %3</source>
        <translation>je %1 Token, %2 verschieden: %3</translation>
    </message>
    <message>
        <source>Not aligned: clean has %1 tokens, corrupted %2. They differ from %3</source>
        <translation>Passt nicht: sauber %1 Token, verfälscht %2. Verschieden ab %3</translation>
    </message>
    <message>
        <source>the end on</source>
        <translation>dem Ende</translation>
    </message>
    <message>
        <source>Both prompts are the same: there is nothing to patch.</source>
        <translation>Beide Prompts sind gleich: Es gibt nichts zu patchen.</translation>
    </message>
    <message>
        <source>Type the corrupted prompt: this one with a word changed for another of as many tokens.</source>
        <translation>Geben Sie den verfälschten Prompt ein: diesen mit einem Wort, das durch eines mit ebenso vielen Token ersetzt ist.</translation>
    </message>
    <message>
        <source>Running both prompts</source>
        <translation>Beide Prompts laufen</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>sending head</source>
        <translation>sendender Kopf</translation>
    </message>
    <message>
        <source>change in logits</source>
        <translation>Änderung in Logits</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>share of the difference</source>
        <translation>Anteil am Unterschied</translation>
    </message>
    <message>
        <source>Shown: estimate from one gradient (attribution patching).</source>
        <translation>Gezeigt: Schätzung aus einem Gradienten (Attribution Patching).</translation>
    </message>
    <message>
        <source>Shown: exact, every cell a forward pass; %1 of %2 cells done.</source>
        <translation>Gezeigt: exakt, jede Zelle ein Vorwärtslauf; %1 von %2 Zellen fertig.</translation>
    </message>
    <message>
        <source>Clean: “%1”. Corrupted: “%2”.</source>
        <translation>Sauber: „%1“. Verfälscht: „%2“.</translation>
    </message>
    <message>
        <source>Patching: %1</source>
        <translation>Patchen: %1</translation>
    </message>
    <message>
        <source>Keep this patch</source>
        <translation>Diesen Tausch behalten</translation>
    </message>
    <message>
        <source>This model brings no tokeniser: type token ids, for example 12 7 305.</source>
        <translation>Dieses Modell bringt keinen Tokenizer mit: Token-Ids eingeben, zum Beispiel 12 7 305.</translation>
    </message>
    <message>
        <source>Not aligned: clean has %1 tokens, corrupted %2.</source>
        <translation>Nicht ausgerichtet: sauber hat %1 Token, verfälscht %2.</translation>
    </message>
    <message>
        <source>Patch first, then choose a cell.</source>
        <translation>Erst tauschen, dann eine Zelle wählen.</translation>
    </message>
    <message>
        <source>This map changes the corrupted run. Choose Corrupted in and patch again: then a cell can be kept in the prompt above.</source>
        <translation>Diese Karte ändert den verfälschten Lauf. „Verfälschtes hinein“ wählen und neu tauschen: dann lässt sich eine Zelle im Text oben behalten.</translation>
    </message>
    <message>
        <source>Choose a cell.</source>
        <translation>Eine Zelle wählen.</translation>
    </message>
    <message>
        <source>Puts the corrupted prompt&apos;s activation into this run: listed under Interventions, one undo step</source>
        <translation>Setzt die Aktivierung des verfälschten Textes in diesen Lauf ein: steht unter Eingriffe, ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>keep a patch of layer %1</source>
        <translation>Tausch in Schicht %1 behalten</translation>
    </message>
    <message>
        <source>Measured before the interventions changed; Patch measures again.</source>
        <translation>Gemessen, bevor sich die Eingriffe änderten; „Tauschen“ misst neu.</translation>
    </message>
    <message>
        <source>to the logits</source>
        <translation>bis zu den Logits</translation>
    </message>
    <message>
        <source>Patching exchanges activations between this prompt and a corrupted one, one place at a time, and shows how the answer moves. Type the corrupted prompt above, then press Patch.</source>
        <translation>Patching tauscht Aktivierungen zwischen diesem Prompt und einem verfälschten aus, Stelle für Stelle, und zeigt, wie sich die Antwort bewegt. Oben den verfälschten Prompt eingeben, dann „Patchen“ drücken.</translation>
    </message>
    <message>
        <source>to %1 of %2</source>
        <translation>bis %1 von %2</translation>
    </message>
    <message>
        <source>No head stands before %1: it is in the first layer, so no path leads to it. Select a head of a later layer in the atlas.</source>
        <translation>Vor %1 steht kein Kopf: Er liegt in der ersten Schicht, also führt kein Pfad zu ihm. Im Atlas einen Kopf einer späteren Schicht wählen.</translation>
    </message>
    <message>
        <source>the logits</source>
        <translation>den Logits</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>key/value head %1</source>
        <translation>Key/Value-Kopf %1</translation>
    </message>
    <message>
        <source>Path patching to %1</source>
        <translation>Path Patching zu %1</translation>
    </message>
    <message>
        <source>Each head&apos;s z of the clean run enters the corrupted run along its direct paths to %1 only.</source>
        <translation>Das z jedes Kopfs aus dem sauberen Lauf geht nur auf seinen direkten Pfaden zu %1 in den verfälschten Lauf ein.</translation>
    </message>
    <message>
        <source>Each head&apos;s z of the corrupted run enters the clean run along its direct paths to %1 only.</source>
        <translation>Das z jedes Kopfs aus dem verfälschten Lauf geht nur auf seinen direkten Pfaden zu %1 in den sauberen Lauf ein.</translation>
    </message>
    <message>
        <source>All other heads are frozen; MLPs and norms are computed again. Exact, %1 of %2 heads done.</source>
        <translation>Alle anderen Köpfe sind eingefroren; MLPs und Normierungen werden neu berechnet. Exakt, %1 von %2 Köpfen fertig.</translation>
    </message>
    <message>
        <source>key/value head</source>
        <translation>Key/Value-Kopf</translation>
    </message>
    <message>
        <source>Clean activations into the corrupted run, site: %1.</source>
        <translation>Saubere Aktivierungen in den verfälschten Lauf, Stelle: %1.</translation>
    </message>
    <message>
        <source>Corrupted activations into the clean run, site: %1.</source>
        <translation>Verfälschte Aktivierungen in den sauberen Lauf, Stelle: %1.</translation>
    </message>
    <message>
        <source>direct paths (path patching)</source>
        <translation>direkte Pfade (Path Patching)</translation>
    </message>
    <message>
        <source>Activation patching</source>
        <translation>Aktivierungen ersetzen (Patching)</translation>
    </message>
    <message>
        <source>Path patching</source>
        <translation>Pfade ersetzen (Path Patching)</translation>
    </message>
    <message>
        <source>Tokens of the text</source>
        <translation>Tokens des Textes</translation>
    </message>
    <message>
        <source>Patch computes it for the question above.</source>
        <translation>„Patch“ berechnet es für die Frage oben.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CauseQuestion</name>
    <message>
        <source>Corrupted prompt</source>
        <translation>Verfälschter Prompt</translation>
    </message>
    <message>
        <source>This prompt with one word changed for another of as many tokens</source>
        <translation>Dieser Prompt mit einem Wort, das durch eines mit ebenso vielen Token ersetzt ist</translation>
    </message>
    <message>
        <source>Patching exchanges activations with this prompt; the other pages ask about the clean one alone</source>
        <translation>Patching tauscht Aktivierungen mit diesem Prompt; die anderen Seiten fragen nur nach dem sauberen</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>likeliest</source>
        <translation>wahrscheinlichstes</translation>
    </message>
    <message>
        <source>One token, as text with its space (“ cat”) or as an id (#12); empty: the likeliest token there</source>
        <translation>Ein Token, als Text mit seinem Leerzeichen („ cat“) oder als Nummer (#12); leer: das wahrscheinlichste Token dort</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>One token that the answer is compared with; empty: the answer alone</source>
        <translation>Ein Token, mit dem die Antwort verglichen wird; leer: die Antwort allein</translation>
    </message>
    <message>
        <source>Clean: no prompt has run</source>
        <translation>Sauber: noch kein Prompt gelaufen</translation>
    </message>
    <message>
        <source>After “%1”. Clean: %2</source>
        <translation>Nach „%1“. Sauber: %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::CauseTab</name>
    <message>
        <source>Logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Patching</source>
        <translation>Patching</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>Which parts wrote the answer&apos;s logit</source>
        <translation>Welche Teile das Logit der Antwort schrieben</translation>
    </message>
    <message>
        <source>What removing single attention edges does</source>
        <translation>Was das Entfernen einzelner Attention-Kanten bewirkt</translation>
    </message>
    <message>
        <source>What exchanging activations with another prompt does</source>
        <translation>Was der Tausch von Aktivierungen mit einem anderen Prompt bewirkt</translation>
    </message>
    <message>
        <source>Along which tokens and layers the prediction was built</source>
        <translation>Über welche Token und Schichten die Vorhersage entstand</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>Warum diese Antwort</translation>
    </message>
    <message>
        <source>There is no picture yet.</source>
        <translation>Es gibt noch kein Bild.</translation>
    </message>
    <message>
        <source>Wh&amp;y this answer</source>
        <translation>Waru&amp;m diese Antwort</translation>
    </message>
    <message>
        <source>direct logit attribution</source>
        <translation>direkte Logit-Zuschreibung</translation>
    </message>
    <message>
        <source>knock-out of attention edges</source>
        <translation>Knock-out von Attention-Kanten</translation>
    </message>
    <message>
        <source>activation patching, attribution patching, path patching, causal tracing</source>
        <translation>Activation Patching, Attribution Patching, Path Patching, Causal Tracing</translation>
    </message>
    <message>
        <source>information flow routes</source>
        <translation>Routen des Informationsflusses</translation>
    </message>
    <message>
        <source>Cause: %1</source>
        <translation>Ursache: %1</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
</context>
<context>
    <name>hs::ui::CentreBar</name>
    <message>
        <source>%1 not with this file</source>
        <translation>%1 nicht mit dieser Datei</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Views that this file holds too little for: %1</source>
        <translation>Ansichten, für die diese Datei zu wenig enthält: %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::CentreState</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Open a model, or drop a file here</source>
        <translation>Modell öffnen oder eine Datei hier ablegen</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Sample: HeadScope sample</source>
        <translation>Beispiel: HeadScope-Modell</translation>
    </message>
    <message>
        <source>Recent: %1</source>
        <translation>Zuletzt: %1</translation>
    </message>
    <message>
        <source>No attention to show</source>
        <translation>Keine Attention zu zeigen</translation>
    </message>
    <message>
        <source>The list of tensors and the configuration work.</source>
        <translation>Die Liste der Tensoren und die Konfiguration gehen.</translation>
    </message>
    <message>
        <source>Show tensors</source>
        <translation>Tensoren zeigen</translation>
    </message>
    <message>
        <source>Open full model …</source>
        <translation>Ganzes Modell öffnen …</translation>
    </message>
    <message>
        <source>Change the prompt</source>
        <translation>Prompt ändern</translation>
    </message>
    <message>
        <source>Model and configuration …</source>
        <translation>Modell und Konfiguration …</translation>
    </message>
    <message>
        <source>This prompt has not run</source>
        <translation>Dieser Prompt wurde nicht ausgeführt</translation>
    </message>
    <message>
        <source>Type a sentence</source>
        <translation>Satz eingeben</translation>
    </message>
    <message>
        <source>This file brings no tokeniser: type token ids, for example 12 7 305.</source>
        <translation>Diese Datei bringt keinen Tokenizer mit: Token-IDs eingeben, zum Beispiel 12 7 305.</translation>
    </message>
    <message>
        <source>Every head&apos;s attention appears here.</source>
        <translation>Hier erscheint die Attention jedes Kopfes.</translation>
    </message>
    <message>
        <source>Type a prompt</source>
        <translation>Prompt eingeben</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Running the prompt</source>
        <translation>Prompt wird ausgeführt</translation>
    </message>
    <message>
        <source>The tokeniser %1 cannot be read: %2</source>
        <translation>Der Tokenizer %1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>It runs when you press Enter. Other prompts are in the menu at the end of the field.</source>
        <translation>Er läuft mit Enter. Andere Prompts stehen im Menü am Ende des Feldes.</translation>
    </message>
    <message>
        <source>Weights, or attention you saved yourself: %1.</source>
        <translation>Gewichte oder selbst gespeicherte Attention: %1.</translation>
    </message>
    <message>
        <source>Choose from all tokens …</source>
        <translation>Aus allen Tokens wählen …</translation>
    </message>
</context>
<context>
    <name>hs::ui::ClassPanel</name>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>A class list names heads, such as those of a published circuit. The graph then shows their letters, and here stands how well the measure finds them.</source>
        <translation>Eine Klassenliste nennt Köpfe, etwa die eines veröffentlichten Schaltkreises. Der Graph zeigt dann ihre Buchstaben, und hier steht, wie gut das Maß sie findet.</translation>
    </message>
    <message>
        <source>Choose a class list</source>
        <translation>Klassenliste wählen</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>Neue Liste</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Classes of heads</source>
        <translation>Klassen von Köpfen</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Heads in / out</source>
        <translation>Köpfe in / außer</translation>
    </message>
    <message>
        <source>How well the measure finds the classes</source>
        <translation>Wie gut das Maß die Klassen findet</translation>
    </message>
    <message>
        <source>Share of the strongest pairs whose two heads both stand in some class of the list</source>
        <translation>Anteil der stärksten Paare, deren beide Köpfe in einer Klasse der Liste stehen</translation>
    </message>
    <message>
        <source>Area under precision over recall, all pairs in order of the measure</source>
        <translation>Fläche unter Präzision über Trefferquote, alle Paare in der Reihenfolge des Maßes</translation>
    </message>
    <message>
        <source>What a random order of the pairs scores, in precision and in area</source>
        <translation>Was eine zufällige Reihenfolge der Paare erreicht, in Präzision und Fläche</translation>
    </message>
    <message>
        <source>Different heads at the ends of the strongest pairs: in the list, and not</source>
        <translation>Verschiedene Köpfe an den Enden der stärksten Paare: in der Liste, und nicht</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Neue Klasse</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete class</source>
        <translation>Klasse löschen</translation>
    </message>
    <message>
        <source>Open class list …</source>
        <translation>Klassenliste öffnen …</translation>
    </message>
    <message>
        <source>Save class list …</source>
        <translation>Klassenliste speichern …</translation>
    </message>
    <message>
        <source>Close class list</source>
        <translation>Klassenliste schließen</translation>
    </message>
    <message>
        <source>Open class list</source>
        <translation>Klassenliste öffnen</translation>
    </message>
    <message>
        <source>Class lists (*.json *.csv)</source>
        <translation>Klassenlisten (*.json *.csv)</translation>
    </message>
    <message>
        <source>Save class list</source>
        <translation>Klassenliste speichern</translation>
    </message>
    <message>
        <source>Class list (*.json)</source>
        <translation>Klassenliste (*.json)</translation>
    </message>
    <message>
        <source>Table of heads (*.csv)</source>
        <translation>Tabelle der Köpfe (*.csv)</translation>
    </message>
    <message>
        <source>New class %1</source>
        <translation>Neue Klasse %1</translation>
    </message>
    <message>
        <source>no heads yet</source>
        <translation>noch keine Köpfe</translation>
    </message>
    <message>
        <source>%1 heads: %2</source>
        <translation>%1 Köpfe: %2</translation>
    </message>
    <message>
        <source> (edited)</source>
        <translation> (bearbeitet)</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 aufnehmen</translation>
    </message>
    <message>
        <source>Take %1 out</source>
        <translation>%1 herausnehmen</translation>
    </message>
    <message>
        <source>Takes the selected head out of %1</source>
        <translation>Nimmt den gewählten Kopf aus %1 heraus</translation>
    </message>
    <message>
        <source>Adds the selected head to %1</source>
        <translation>Nimmt den gewählten Kopf in %1 auf</translation>
    </message>
    <message>
        <source>Prec. at %1</source>
        <translation>Präz. bei %1</translation>
    </message>
    <message>
        <source>No pair of heads of this list can compose here, so there is nothing to find.</source>
        <translation>Kein Paar von Köpfen dieser Liste kann hier zusammenwirken, also gibt es nichts zu finden.</translation>
    </message>
    <message>
        <source>%1: of the %2 strongest pairs through %3, %4 join two heads of the list; a random order finds %5. %6 of %7 pairs do so in all.</source>
        <translation>%1: Von den %2 stärksten Paaren durch %3 verbinden %4 zwei Köpfe der Liste; eine zufällige Reihenfolge findet %5. Insgesamt tun das %6 von %7 Paaren.</translation>
    </message>
    <message>
        <source>The list names %1 heads.</source>
        <translation>Die Liste nennt %1 Köpfe.</translation>
    </message>
    <message>
        <source>The list names %1 heads of %2.</source>
        <translation>Die Liste nennt %1 Köpfe von %2.</translation>
    </message>
    <message>
        <source>This list is about %1, not about the open model: the numbers say nothing about that circuit.</source>
        <translation>Diese Liste handelt von %1, nicht vom offenen Modell: Die Zahlen sagen nichts über jenen Schaltkreis.</translation>
    </message>
    <message>
        <source>%1 of its heads do not exist in the open model.</source>
        <translation>%1 ihrer Köpfe gibt es im offenen Modell nicht.</translation>
    </message>
</context>
<context>
    <name>hs::ui::ClassStore</name>
    <message>
        <source>class list %1</source>
        <translation>Klassenliste %1</translation>
    </message>
    <message>
        <source>Saved %1: %2 classes</source>
        <translation>%1 gespeichert: %2 Klassen</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>Neue Liste</translation>
    </message>
    <message>
        <source>new class list</source>
        <translation>neue Klassenliste</translation>
    </message>
    <message>
        <source>close class list</source>
        <translation>Klassenliste schließen</translation>
    </message>
    <message>
        <source>class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>rename class to %1</source>
        <translation>Klasse umbenennen in %1</translation>
    </message>
    <message>
        <source>delete class %1</source>
        <translation>Klasse %1 löschen</translation>
    </message>
    <message>
        <source>%1 into %2</source>
        <translation>%1 in %2 aufnehmen</translation>
    </message>
    <message>
        <source>%1 out of %2</source>
        <translation>%1 aus %2 herausnehmen</translation>
    </message>
    <message>
        <source>The class list %1 was changed since the project was saved: it is shown as its file is now.</source>
        <translation>Die Klassenliste %1 wurde geändert, seit das Projekt gespeichert wurde: gezeigt wird, was jetzt in der Datei steht.</translation>
    </message>
    <message>
        <source>The class list %1 of this project is not there any more. It was read from %2.</source>
        <translation>Die Klassenliste %1 dieses Projekts ist nicht mehr da. Sie wurde aus %2 gelesen.</translation>
    </message>
    <message>
        <source>The class list %1 of this project cannot be read: %2</source>
        <translation>Die Klassenliste %1 dieses Projekts lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>The class list in this project cannot be read: %1</source>
        <translation>Die Klassenliste in diesem Projekt lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Class list of heads</source>
        <translation>Klassenliste von Köpfen</translation>
    </message>
    <message>
        <source>Write class list</source>
        <translation>Klassenliste schreiben</translation>
    </message>
</context>
<context>
    <name>hs::ui::ColourBar</name>
    <message>
        <source>Colour range</source>
        <translation>Farbbereich</translation>
    </message>
    <message>
        <source>clipped cells: not counted yet</source>
        <translation>abgeschnittene Zellen: noch nicht gezählt</translation>
    </message>
    <message>
        <source>%1 cells clipped</source>
        <translation>%1 Zellen abgeschnitten</translation>
    </message>
    <message>
        <source>≈ %1 cells clipped</source>
        <translation>≈ %1 Zellen abgeschnitten</translation>
    </message>
    <message>
        <source>%1 cells masked</source>
        <translation>%1 Zellen maskiert</translation>
    </message>
    <message>
        <source>bars: count, log, %1 % so far</source>
        <translation>Balken: Anzahl, log, %1 % bisher</translation>
    </message>
    <message>
        <source>bars: count, log</source>
        <translation>Balken: Anzahl, log</translation>
    </message>
    <message>
        <source>each row</source>
        <translation>je Zeile</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>row maximum</source>
        <translation>Zeilenmaximum</translation>
    </message>
    <message>
        <source>(to %1)</source>
        <translation>(bis %1)</translation>
    </message>
    <message>
        <source>(from %1)</source>
        <translation>(ab %1)</translation>
    </message>
    <message>
        <source>%1
%2
Drag an arrow to change the range, double-click the bar for automatic, double-click a number to type it.</source>
        <translation>%1
%2
Pfeil ziehen ändert den Bereich, Doppelklick auf den Balken stellt auf automatisch, Doppelklick auf eine Zahl erlaubt die Eingabe.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CommandFinder</name>
    <message>
        <source>No command fits “%1”. Try fewer letters, or another word.</source>
        <translation>Kein Befehl passt zu „%1“. Weniger Buchstaben oder ein anderes Wort versuchen.</translation>
    </message>
    <message>
        <source>Find a command, view, head, label or file</source>
        <translation>Befehl, Ansicht, Kopf, Label oder Datei finden</translation>
    </message>
</context>
<context>
    <name>hs::ui::CompareSources</name>
    <message>
        <source>No attention to compare</source>
        <translation>Keine Attention zu vergleichen</translation>
    </message>
    <message>
        <source>Two maps stand here side by side once a prompt has run.</source>
        <translation>Hier stehen zwei Karten nebeneinander, sobald ein Prompt gerechnet ist.</translation>
    </message>
    <message>
        <source>Two heads, same prompt</source>
        <translation>Zwei Köpfe, gleicher Prompt</translation>
    </message>
    <message>
        <source>next head; Space pins another</source>
        <translation>nächster (Leertaste)</translation>
    </message>
    <message>
        <source>%1, two prompts</source>
        <translation>%1, zwei Prompts</translation>
    </message>
    <message>
        <source>There is only one prompt</source>
        <translation>Es gibt nur einen Prompt</translation>
    </message>
    <message>
        <source>Keep a second prompt with the prompt menu above; this head is then compared on both.</source>
        <translation>Legen Sie oben im Prompt-Menü einen zweiten an; dieser Kopf wird dann mit beiden verglichen.</translation>
    </message>
    <message>
        <source>Running the second prompt</source>
        <translation>Zweiter Prompt wird gerechnet</translation>
    </message>
    <message>
        <source>%1, two models</source>
        <translation>%1, zwei Modelle</translation>
    </message>
    <message>
        <source>Open a second model</source>
        <translation>Zweites Modell öffnen</translation>
    </message>
    <message>
        <source>The same head of another model is compared on this prompt. Both must read it as the same tokens.</source>
        <translation>Derselbe Kopf eines anderen Modells wird mit diesem Prompt verglichen. Beide müssen dieselben Tokens lesen.</translation>
    </message>
    <message>
        <source>The first model stays open.</source>
        <translation>Das erste Modell bleibt offen.</translation>
    </message>
    <message>
        <source>Open a second model …</source>
        <translation>Zweites Modell öffnen …</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>this file</source>
        <translation>diese Datei</translation>
    </message>
    <message>
        <source>Running the prompt on %1</source>
        <translation>Prompt wird mit %1 gerechnet</translation>
    </message>
    <message>
        <source>%1, before and after the cuts</source>
        <translation>%1, vor und nach den Schnitten</translation>
    </message>
    <message>
        <source>No head is switched off</source>
        <translation>Kein Kopf ist ausgeschaltet</translation>
    </message>
    <message>
        <source>Switch a head off in the head card (X). Its effect on the later layers is then shown here.</source>
        <translation>Schalten Sie in der Kopfkarte einen Kopf aus (X). Seine Wirkung auf spätere Schichten erscheint dann hier.</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>The second map is not there yet</source>
        <translation>Die zweite Karte ist noch nicht da</translation>
    </message>
    <message>
        <source>Both maps appear when it is done.</source>
        <translation>Beide Karten erscheinen, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>Run the prompt above to compare.</source>
        <translation>Führen Sie den Prompt oben aus, um zu vergleichen.</translation>
    </message>
    <message>
        <source>Layer %1 is being computed</source>
        <translation>Schicht %1 wird berechnet</translation>
    </message>
    <message>
        <source>%1 has no %2</source>
        <translation>%1 hat keinen %2</translation>
    </message>
    <message>
        <source>It has %1 layers of %2 heads. Choose a head that both have.</source>
        <translation>Es hat %1 Schichten mit je %2 Köpfen. Wählen Sie einen Kopf, den beide haben.</translation>
    </message>
    <message>
        <source>A has %1 tokens, B %2; compared over the %3 they share</source>
        <translation>A hat %1 Tokens, B %2; verglichen über die %3 gemeinsamen</translation>
    </message>
    <message>
        <source>A has %1 tokens and B %2, and they differ from position %3 on. Cells of different words would be compared, so no difference is shown.</source>
        <translation>A hat %1 Tokens und B %2, und ab Position %3 weichen sie ab. Verglichen würden Zellen verschiedener Wörter; darum wird keine Differenz gezeigt.</translation>
    </message>
    <message>
        <source>after 1 cut</source>
        <translation>nach 1 Schnitt</translation>
    </message>
    <message>
        <source>after %1 cuts</source>
        <translation>nach %1 Schnitten</translation>
    </message>
    <message>
        <source>The two models read the prompt as different tokens: %1 of %2 differ, the first at position %3. A difference of cells would compare different words, so none is shown.</source>
        <translation>Die beiden Modelle zerlegen den Prompt in verschiedene Tokens: %1 von %2 weichen ab, zuerst an Position %3. Eine Differenz der Zellen würde verschiedene Wörter vergleichen; darum wird keine gezeigt.</translation>
    </message>
    <message>
        <source>%1 of %2 tokens differ; compared position by position</source>
        <translation>%1 von %2 Tokens weichen ab; verglichen wird Position für Position</translation>
    </message>
    <message>
        <source>runs again …</source>
        <translation>läuft neu …</translation>
    </message>
    <message>
        <source>This head was cut away there. Choose a head that both have.</source>
        <translation>Dieser Kopf wurde dort weggeschnitten. Einen Kopf wählen, den beide haben.</translation>
    </message>
    <message>
        <source>This head is off; its pattern still forms.</source>
        <translation>Dieser Kopf ist aus; sein Muster entsteht trotzdem.</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Run prompt</source>
        <translation>Prompt ausführen</translation>
    </message>
    <message>
        <source>intact, nothing switched off</source>
        <translation>unversehrt, nichts abgeschaltet</translation>
    </message>
    <message>
        <source>The intact model has not run on this prompt</source>
        <translation>Das unversehrte Modell ist auf diesem Prompt noch nicht gelaufen</translation>
    </message>
    <message>
        <source>Both maps appear when it has. Press Run.</source>
        <translation>Danach erscheinen beide Karten. „Ausführen“ drücken.</translation>
    </message>
    <message>
        <source>A has %1 tokens, B %2; compared over the %3 that both have in the same order. B stands at the tokens of A: cells without a counterpart are empty and count nowhere, so its rows may sum to less than 1.</source>
        <translation>A hat %1 Token, B %2; verglichen über die %3, die beide in gleicher Folge haben. B steht an den Token von A: Zellen ohne Gegenstück sind leer und zählen nirgends, Zeilen können daher weniger als 1 ergeben.</translation>
    </message>
    <message>
        <source>Weights without the adapter</source>
        <translation>Gewichte ohne den Adapter</translation>
    </message>
</context>
<context>
    <name>hs::ui::CompareTab</name>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Before and after cuts</source>
        <translation>Vor und nach Schnitten</translation>
    </message>
    <message>
        <source>Prompt B</source>
        <translation>Prompt B</translation>
    </message>
    <message>
        <source>Open a second model …</source>
        <translation>Zweites Modell öffnen …</translation>
    </message>
    <message>
        <source>Same view</source>
        <translation>Gleiche Ansicht</translation>
    </message>
    <message>
        <source>Same scale</source>
        <translation>Gleiche Skala</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A und B tauschen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>JS distance: square root of the mean Jensen–Shannon divergence of the rows (natural logarithm) over ln 2, 0 to 1.
Moved: half the sum of |A − B| of a row, mean over rows: the weight that has to move to turn one into the other.</source>
        <translation>JS-Distanz: Wurzel aus der mittleren Jensen-Shannon-Divergenz der Zeilen (natürlicher Logarithmus) durch ln 2, 0 bis 1.
Verschoben: halbe Summe von |A − B| einer Zeile, Mittel über die Zeilen: das Gewicht, das wandern muss, um die eine in die andere zu verwandeln.</translation>
    </message>
    <message>
        <source>Largest differences</source>
        <translation>Größte Differenzen</translation>
    </message>
    <message>
        <source>JS distance %1, moved %2 per row</source>
        <translation>JS-Distanz %1, verschoben %2 je Zeile</translation>
    </message>
    <message>
        <source>Open a second model</source>
        <translation>Zweites Modell öffnen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>Maps of different tokens have views of their own.</source>
        <translation>Karten verschiedener Tokens haben je eine eigene Ansicht.</translation>
    </message>
    <message>
        <source>computed up to %1 tokens</source>
        <translation>berechnet bis %1 Tokens</translation>
    </message>
</context>
<context>
    <name>hs::ui::CompareView</name>
    <message>
        <source>orange: A looks more, blue: B looks more</source>
        <translation>orange: A, blau: B</translation>
    </message>
    <message>
        <source>row maximum</source>
        <translation>Zeilenmaximum</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>value-weighted</source>
        <translation>value-gewichtet</translation>
    </message>
    <message>
        <source>, log</source>
        <translation>, log</translation>
    </message>
    <message>
        <source>, own scale</source>
        <translation>, eigene Skala</translation>
    </message>
    <message>
        <source>, view of A</source>
        <translation>, Ansicht von A</translation>
    </message>
    <message>
        <source>, own view</source>
        <translation>, eigene Ansicht</translation>
    </message>
    <message>
        <source>Comparison of two maps</source>
        <translation>Vergleich zweier Karten</translation>
    </message>
    <message>
        <source>Query %1 %2</source>
        <translation>Query %1 %2</translation>
    </message>
    <message>
        <source> → key %1 %2</source>
        <translation> → Key %1 %2</translation>
    </message>
    <message>
        <source> | masked</source>
        <translation> | maskiert</translation>
    </message>
    <message>
        <source>orange: A more, blue: B more</source>
        <translation>orange: A, blau: B</translation>
    </message>
    <message>
        <source> | B has no such token</source>
        <translation> | B hat kein solches Token</translation>
    </message>
</context>
<context>
    <name>hs::ui::ConfigModel</name>
    <message>
        <source>changed by you</source>
        <translation>von Ihnen geändert</translation>
    </message>
    <message>
        <source>? %1; please check</source>
        <translation>? %1; bitte prüfen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Herkunft</translation>
    </message>
</context>
<context>
    <name>hs::ui::Continuing</name>
    <message>
        <source>Continue the text</source>
        <translation>Text fortsetzen</translation>
    </message>
    <message>
        <source>Nothing can be written on with these cuts</source>
        <translation>Mit diesen Schnitten kann nicht weitergeschrieben werden</translation>
    </message>
    <message>
        <source>For new tokens there is nothing that they could write.</source>
        <translation>Für neue Token gibt es nichts, was sie schreiben könnten.</translation>
    </message>
    <message>
        <source>Choose Zero or Mean in the pruning bench, or switch all heads on.</source>
        <translation>In der Stutzbank Null oder Mittel wählen oder alle Köpfe einschalten.</translation>
    </message>
    <message>
        <source>The text ends here</source>
        <translation>Hier endet der Text</translation>
    </message>
    <message>
        <source>What comes next is the end of the text, so nothing was added.</source>
        <translation>Als Nächstes kommt das Textende, daher wurde nichts angefügt.</translation>
    </message>
    <message>
        <source>Append another of the tokens listed, or draw with a temperature above 0.</source>
        <translation>Ein anderes der gezeigten Token anfügen oder mit Temperatur über 0 ziehen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CorpusTab</name>
    <message>
        <source>Label whose rows are shown</source>
        <translation>Name, dessen Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Am stärksten</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Typisch</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Am schwächsten</translation>
    </message>
    <message>
        <source>Open passage</source>
        <translation>Passage öffnen</translation>
    </message>
    <message>
        <source>The passage becomes the prompt and the row is selected (Enter)</source>
        <translation>Die Passage wird zum Prompt, und die Zeile ist ausgewählt (Eingabe)</translation>
    </message>
    <message>
        <source>Rows of the corpus</source>
        <translation>Zeilen des Korpus</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell ist offen</translation>
    </message>
    <message>
        <source>Where one head fires most, typically and least stands here.</source>
        <translation>Hier steht, wo ein Kopf am stärksten, typisch und am schwächsten anspricht.</translation>
    </message>
    <message>
        <source>Not labelled yet</source>
        <translation>Noch nicht benannt</translation>
    </message>
    <message>
        <source>Labelling the heads reads a text with the model and notes where each head fires most.</source>
        <translation>Das Benennen liest einen Text mit dem Modell und merkt sich, wo jeder Kopf am stärksten anspricht.</translation>
    </message>
    <message>
        <source>Label heads …</source>
        <translation>Köpfe benennen …</translation>
    </message>
    <message>
        <source>L%1 H%2 over the corpus</source>
        <translation>L%1 H%2 im ganzen Korpus</translation>
    </message>
    <message>
        <source>No label of this head has rows to show.</source>
        <translation>Kein Name dieses Kopfes hat Zeilen, die man zeigen könnte.</translation>
    </message>
    <message>
        <source>looking through the corpus …</source>
        <translation>Korpus wird durchsucht …</translation>
    </message>
    <message>
        <source>no such rows</source>
        <translation>keine solchen Zeilen</translation>
    </message>
    <message>
        <source>underlined: the query; coloured: what it looks at; number: its weight there</source>
        <translation>unterstrichen: die Query; farbig: worauf sie schaut; Zahl: ihr Gewicht dort</translation>
    </message>
    <message>
        <source>Map around the chosen row</source>
        <translation>Karte um die gewählte Zeile</translation>
    </message>
    <message>
        <source>Tokens %1 to %2 of %3. Pink tick: the query; dark ticks: what the label expects.</source>
        <translation>Tokens %1 bis %2 von %3. Rosa Strich: die Query; dunkle Striche: was der Name erwartet.</translation>
    </message>
    <message>
        <source>by norms: number and map are shares of what the row writes; underlined: the query; coloured: what it looks at</source>
        <translation>nach Normen: Zahl und Karte sind Anteile an dem, was die Zeile schreibt; unterstrichen: die Query; farbig: wohin sie schaut</translation>
    </message>
    <message>
        <source>This file holds attention only; labels need the weights.</source>
        <translation>Diese Datei enthält nur Attention; Namen brauchen die Gewichte.</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Korpus</translation>
    </message>
</context>
<context>
    <name>hs::ui::CutValues</name>
    <message>
        <source>Heads that are off write zero.</source>
        <translation>Abgeschaltete Köpfe schreiben null.</translation>
    </message>
    <message>
        <source>Heads that are off write their mean over %1 (%2 tokens).</source>
        <translation>Abgeschaltete Köpfe schreiben ihr Mittel über: %1 (%2 Token).</translation>
    </message>
    <message>
        <source>Heads that are off look at all visible tokens alike.</source>
        <translation>Abgeschaltete Köpfe sehen alle sichtbaren Token gleich stark an.</translation>
    </message>
    <message>
        <source>writes zero</source>
        <translation>schreibt null</translation>
    </message>
    <message>
        <source>writes its mean over the calibration text</source>
        <translation>schreibt sein Mittel über den Kalibriertext</translation>
    </message>
    <message>
        <source>writes what it wrote on another passage of the calibration text</source>
        <translation>schreibt, was er auf einer anderen Passage des Kalibriertexts schrieb</translation>
    </message>
    <message>
        <source>looks at all visible tokens alike</source>
        <translation>sieht alle sichtbaren Token gleich stark an</translation>
    </message>
    <message>
        <source>Heads that are off write what they wrote on one other passage (%1), for a prompt always the same one.</source>
        <translation>Abgeschaltete Köpfe schreiben, was sie auf einer anderen Passage schrieben (%1), für einen Prompt immer derselben.</translation>
    </message>
</context>
<context>
    <name>hs::ui::CutsList</name>
    <message>
        <source>Heads that are off, in order</source>
        <translation>Köpfe, die aus sind, der Reihe nach</translation>
    </message>
    <message>
        <source>next best</source>
        <translation>nächster</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>No head is off: click one in the atlas.</source>
        <translation>Kein Kopf ist aus: Klicken Sie auf einen im Atlas.</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>All heads up to here off: loss %1 nats on the test text</source>
        <translation>Alle Köpfe bis hier aus: Verlust %1 Nats auf dem Testtext</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95-%-Intervall %1 bis %2</translation>
    </message>
    <message>
        <source>Of all heads that are on, this one hurts least on the calibration text; click or Return cuts it.</source>
        <translation>Von allen Köpfen, die an sind, schadet dieser auf dem Kalibriertext am wenigsten; Klick oder Eingabetaste schaltet ihn aus.</translation>
    </message>
    <message>
        <source>Step: change of the loss on the test text by this cut alone; Total: by all up to it</source>
        <translation>Schritt: Änderung des Verlusts auf dem Prüftext durch diesen Schnitt allein; Summe: durch alle bis zu ihm</translation>
    </message>
</context>
<context>
    <name>hs::ui::DendrogramView</name>
    <message>
        <source>Tree of like heads</source>
        <translation>Baum ähnlicher Köpfe</translation>
    </message>
    <message>
        <source>Click into the tree to cut it there; Left and Right change the number of groups</source>
        <translation>Ein Klick in den Baum schneidet ihn dort; Links und Rechts ändern die Zahl der Gruppen</translation>
    </message>
    <message>
        <source>%1 heads, %2 groups</source>
        <translation>%1 Köpfe, %2 Gruppen</translation>
    </message>
</context>
<context>
    <name>hs::ui::DifferencesTable</name>
    <message>
        <source>Largest differences</source>
        <translation>Größte Differenzen</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
</context>
<context>
    <name>hs::ui::EdgeBars</name>
    <message>
        <source>Strongest edges of this head</source>
        <translation>Stärkste Kanten dieses Kopfes</translation>
    </message>
    <message>
        <source>into</source>
        <translation>in</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>None among those drawn</source>
        <translation>Keine unter den gezeichneten</translation>
    </message>
</context>
<context>
    <name>hs::ui::EdgeTable</name>
    <message>
        <source>Edges of the graph</source>
        <translation>Kanten des Graphen</translation>
    </message>
</context>
<context>
    <name>hs::ui::EdgesModel</name>
    <message>
        <source>%1 into %2, %3: %4, rank %5 of %6 pairs</source>
        <translation>%1 in %2, %3: %4, Rang %5 von %6 Paaren</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>value; tick = random</source>
        <translation>Wert; Strich = Zufall</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>hs::ui::ExampleMapFeed</name>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
</context>
<context>
    <name>hs::ui::ExampleMaps</name>
    <message>
        <source>Attention around query %1, tokens %2 to %3 of %4: weight %5</source>
        <translation>Attention um Query %1, Tokens %2 bis %3 von %4: Gewicht %5</translation>
    </message>
    <message>
        <source>Tick at the left: the query; ticks below: what the label expects. Click opens the passage.</source>
        <translation>Strich links: die Query; Striche unten: was der Name erwartet. Ein Klick öffnet die Passage.</translation>
    </message>
    <message>
        <source>What is written around query %1, tokens %2 to %3 of %4: share %5</source>
        <translation>Was um Query %1 geschrieben wird, Token %2 bis %3 von %4: Anteil %5</translation>
    </message>
</context>
<context>
    <name>hs::ui::ExampleRows</name>
    <message>
        <source>Query %1, %2: %3</source>
        <translation>Query %1, %2: %3</translation>
    </message>
    <message>
        <source>Query %1 gives %2 to %3: %4</source>
        <translation>Query %1 gibt %2 an %3: %4</translation>
    </message>
    <message>
        <source>Enter or double click opens the passage.</source>
        <translation>Eingabe oder Doppelklick öffnet die Passage.</translation>
    </message>
    <message>
        <source>Click or Enter opens the passage.</source>
        <translation>Klick oder Eingabe öffnet die Passage.</translation>
    </message>
</context>
<context>
    <name>hs::ui::ExportActions</name>
    <message>
        <source>Saved and checked: %1</source>
        <translation>Gespeichert und geprüft: %1</translation>
    </message>
    <message>
        <source>There is no attention to export yet: run a prompt first.</source>
        <translation>Noch keine Attention zum Exportieren: erst einen Prompt ausführen.</translation>
    </message>
    <message>
        <source>Image copied.</source>
        <translation>Bild kopiert.</translation>
    </message>
    <message>
        <source>Numbers copied, separated by tabs.</source>
        <translation>Zahlen kopiert, durch Tabulatoren getrennt.</translation>
    </message>
    <message>
        <source>Sent to %1.</source>
        <translation>An %1 gesendet.</translation>
    </message>
    <message>
        <source>The printer could not be opened.</source>
        <translation>Der Drucker ließ sich nicht öffnen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::ExportDialog</name>
    <message>
        <source>dots per inch</source>
        <translation>Punkte je Zoll</translation>
    </message>
    <message>
        <source>text stays text</source>
        <translation>Text bleibt Text</translation>
    </message>
    <message>
        <source>range of the data</source>
        <translation>Bereich der Daten</translation>
    </message>
    <message>
        <source>%1 × %2 mm     shown at %3 %     smallest text %4 pt</source>
        <translation>%1 × %2 mm     gezeigt mit %3 %     kleinste Schrift %4 pt</translation>
    </message>
    <message>
        <source>Getting the numbers …</source>
        <translation>Zahlen werden geholt …</translation>
    </message>
    <message>
        <source>The file needs a name.</source>
        <translation>Die Datei braucht einen Namen.</translation>
    </message>
    <message>
        <source>The name must not contain “/”; choose the folder with the button.</source>
        <translation>Der Name darf kein „/“ enthalten; den Ordner wählt der Knopf.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>%1 is already there. Press Replace to write over it, or give another name.</source>
        <translation>%1 gibt es schon. „Ersetzen“ überschreibt es; sonst einen anderen Namen geben.</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>Own width in millimetres</source>
        <translation>Eigene Breite in Millimetern</translation>
    </message>
    <message>
        <source>One column</source>
        <translation>Eine Spalte</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>One and a half</source>
        <translation>Anderthalb</translation>
    </message>
    <message>
        <source>Two columns</source>
        <translation>Zwei Spalten</translation>
    </message>
    <message>
        <source>Slide, 16 : 9</source>
        <translation>Folie, 16 : 9</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>Screen, as shown</source>
        <translation>Bildschirm, wie gezeigt</translation>
    </message>
    <message>
        <source>%1 px wide</source>
        <translation>%1 px breit</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>Eigene Größe</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>Punkte je Zoll</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>pt</source>
        <translation>pt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>Farbbalken</translation>
    </message>
    <message>
        <source>Hatch</source>
        <translation>Schraffur</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Only the figure of one head has profiles.</source>
        <translation>Nur die Abbildung eines einzelnen Kopfes hat Profile.</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Numbers, CSV</source>
        <translation>Zahlen, CSV</translation>
    </message>
    <message>
        <source>NPY</source>
        <translation>NPY</translation>
    </message>
    <message>
        <source>LaTeX snippet</source>
        <translation>LaTeX-Schnipsel</translation>
    </message>
    <message>
        <source>Also write</source>
        <translation>Dazu</translation>
    </message>
    <message>
        <source>Inside the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>drop it here to reopen the view</source>
        <translation>ablegen öffnet die Ansicht</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Folder for figures</source>
        <translation>Ordner für Abbildungen</translation>
    </message>
    <message>
        <source>%1 repeats the last export</source>
        <translation>%1 wiederholt den letzten Export</translation>
    </message>
    <message>
        <source>Copy to clipboard</source>
        <translation>In Zwischenablage</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 tokens → %2 words</source>
        <translation>%1 Tokens → %2 Wörter</translation>
    </message>
    <message>
        <source>Lines tell their types apart by dashes; grey is for maps.</source>
        <translation>Linien unterscheiden sich durch Striche; Grau ist für Karten.</translation>
    </message>
    <message>
        <source>colours by weight to the power 0.7</source>
        <translation>Farben nach Gewicht hoch 0,7</translation>
    </message>
</context>
<context>
    <name>hs::ui::FigureCollector</name>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
    <message>
        <source>Map overviews</source>
        <translation>Kartenübersichten</translation>
    </message>
</context>
<context>
    <name>hs::ui::FigureCommands</name>
    <message>
        <source>&amp;Export figure again</source>
        <translation>Abbildung &amp;erneut exportieren</translation>
    </message>
    <message>
        <source>Export &amp;figure …</source>
        <translation>&amp;Abbildung exportieren …</translation>
    </message>
    <message>
        <source>Export &amp;several heads …</source>
        <translation>&amp;Mehrere Köpfe exportieren …</translation>
    </message>
    <message>
        <source>&amp;Print …</source>
        <translation>&amp;Drucken …</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>&amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;numbers</source>
        <translation>&amp;Zahlen kopieren</translation>
    </message>
    <message>
        <source>This figure carries no recipe</source>
        <translation>Diese Abbildung enthält kein Rezept</translation>
    </message>
    <message>
        <source>%1 was not made by HeadScope, or its recipe was taken out.</source>
        <translation>%1 stammt nicht von HeadScope, oder das Rezept wurde entfernt.</translation>
    </message>
    <message>
        <source>Open the model and the prompt by hand.</source>
        <translation>Öffnen Sie Modell und Prompt von Hand.</translation>
    </message>
</context>
<context>
    <name>hs::ui::FigurePreview</name>
    <message>
        <source>Preview of the figure</source>
        <translation>Vorschau der Abbildung</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
</context>
<context>
    <name>hs::ui::FindDialog</name>
    <message>
        <source>Go to head: L5H1, 5.1 or 5,1</source>
        <translation>Zu Kopf gehen: L5H1, 5.1 oder 5,1</translation>
    </message>
    <message>
        <source>Find a token or a head</source>
        <translation>Token oder Kopf suchen</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>Kein Modell ist offen.</translation>
    </message>
    <message>
        <source>No head “%1”. Heads are written like L5H1.</source>
        <translation>Kein Kopf „%1“. Köpfe schreibt man wie L5H1.</translation>
    </message>
    <message>
        <source>No prompt has run.</source>
        <translation>Kein Prompt ist gelaufen.</translation>
    </message>
    <message>
        <source>No token or head “%1” in this prompt.</source>
        <translation>Kein Token und kein Kopf „%1“ in diesem Prompt.</translation>
    </message>
</context>
<context>
    <name>hs::ui::FinderThings</name>
    <message>
        <source>Head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>Show only heads labelled: %1</source>
        <translation>Nur Köpfe mit diesem Label: %1</translation>
    </message>
    <message>
        <source>heads: %1</source>
        <translation>Köpfe: %1</translation>
    </message>
    <message>
        <source>Show heads of all labels again</source>
        <translation>Wieder Köpfe aller Labels zeigen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>settings; options; configuration; language; threads; memory</source>
        <translation>Optionen; Konfiguration; Sprache; Threads; Speicher; settings</translation>
    </message>
    <message>
        <source>load a model; import; file; project</source>
        <translation>Modell laden; importieren; Datei; Projekt</translation>
    </message>
    <message>
        <source>keep the session; workspace file</source>
        <translation>Sitzung behalten; sichern</translation>
    </message>
    <message>
        <source>attention pattern; attention map; heatmap; matrix of one head</source>
        <translation>Attention-Muster; Attention-Karte; Heatmap; Matrix eines Kopfes</translation>
    </message>
    <message>
        <source>thumbnails; small multiples; overview of all heads</source>
        <translation>Vorschaubilder; Übersicht aller Köpfe</translation>
    </message>
    <message>
        <source>running words; highlighted text; sentence</source>
        <translation>laufender Text; eingefärbter Text; Satz</translation>
    </message>
    <message>
        <source>examples; passages; evidence; concordance</source>
        <translation>Beispiele; Abschnitte; Belege; Konkordanz</translation>
    </message>
    <message>
        <source>circuit; network; edges; composition; nodes; path from head to head</source>
        <translation>Circuit; Netz; Kanten; Komposition; Knoten; Pfad von Kopf zu Kopf</translation>
    </message>
    <message>
        <source>matrix of heads; distances; clusters; duplicates; projection kernel</source>
        <translation>Matrix der Köpfe; Abstände; Cluster; Doppelte; Projection Kernel</translation>
    </message>
    <message>
        <source>path patching; activation patching; logit attribution; knock-out; circuit; why</source>
        <translation>Path Patching; Activation Patching; Logit-Attribution; Knock-out; Circuit; warum; Pfad</translation>
    </message>
    <message>
        <source>difference; side by side; two heads; two prompts; two models</source>
        <translation>Differenz; nebeneinander; zwei Köpfe; zwei Prompts; zwei Modelle</translation>
    </message>
    <message>
        <source>ablation; importance; cut heads; compress; remove</source>
        <translation>Ablation; Wichtigkeit; Köpfe wegschneiden; verkleinern; entfernen</translation>
    </message>
    <message>
        <source>ablate; knock out; disable; zero</source>
        <translation>ablatieren; abschalten; auf null setzen</translation>
    </message>
    <message>
        <source>bookmark; compare with; head B</source>
        <translation>merken; vergleichen mit; Kopf B</translation>
    </message>
    <message>
        <source>jump to a head; select a head</source>
        <translation>zu einem Kopf springen; Kopf auswählen</translation>
    </message>
    <message>
        <source>what heads do; detect; classify; roles</source>
        <translation>was Köpfe tun; erkennen; einordnen; Rollen</translation>
    </message>
    <message>
        <source>comment; annotate; rename the head</source>
        <translation>Kommentar; anmerken; Kopf umbenennen</translation>
    </message>
    <message>
        <source>text; input; sentence</source>
        <translation>Text; Eingabe; Satz</translation>
    </message>
    <message>
        <source>forward pass; execute; compute</source>
        <translation>Vorwärtslauf; ausführen; rechnen</translation>
    </message>
    <message>
        <source>generate; complete; sample</source>
        <translation>erzeugen; vervollständigen</translation>
    </message>
    <message>
        <source>save a figure; picture; image; PDF; SVG; PNG; print</source>
        <translation>Abbildung speichern; Bild; PDF; SVG; PNG; drucken</translation>
    </message>
    <message>
        <source>beginning of sequence; BOS; attention sink</source>
        <translation>Anfang der Folge; BOS; Attention Sink</translation>
    </message>
    <message>
        <source>night mode; dark theme; appearance</source>
        <translation>Nachtmodus; dunkles Thema; Aussehen</translation>
    </message>
    <message>
        <source>shortcuts; hotkeys; key bindings; help</source>
        <translation>Tastenkürzel; Tastenbelegung; Hilfe</translation>
    </message>
    <message>
        <source>weights; parameters; architecture; model card</source>
        <translation>Gewichte; Parameter; Architektur; Modellkarte</translation>
    </message>
</context>
<context>
    <name>hs::ui::FlowView</name>
    <message>
        <source>token %1 “%2”</source>
        <translation>Token %1 „%2“</translation>
    </message>
    <message>
        <source>“%2” after attention %1</source>
        <translation>„%2“ nach Attention %1</translation>
    </message>
    <message>
        <source>MLP %1 at “%2”</source>
        <translation>MLP %1 bei „%2“</translation>
    </message>
    <message>
        <source>“%2” after layer %1</source>
        <translation>„%2“ nach Schicht %1</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>%1 → %2: attention carries %3 of it; L%4H%5 most, %6</source>
        <translation>%1 → %2: Attention trägt %3 davon; L%4H%5 am meisten, %6</translation>
    </message>
    <message>
        <source>%1 → %2: %3 of it</source>
        <translation>%1 → %2: %3 davon</translation>
    </message>
    <message>
        <source>Information flow routes</source>
        <translation>Wege des Informationsflusses</translation>
    </message>
    <message>
        <source>%1 nodes, %2 edges</source>
        <translation>%1 Knoten, %2 Kanten</translation>
    </message>
</context>
<context>
    <name>hs::ui::FoldStrip</name>
    <message>
        <source>Unfold %1</source>
        <translation>%1 aufklappen</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>%1 ein- oder ausblenden</translation>
    </message>
</context>
<context>
    <name>hs::ui::GraphCard</name>
    <message>
        <source>No graph yet</source>
        <translation>Noch kein Graph</translation>
    </message>
    <message>
        <source>1 edge</source>
        <translation>1 Kante</translation>
    </message>
    <message>
        <source>%1 edges</source>
        <translation>%1 Kanten</translation>
    </message>
    <message>
        <source>of %1 drawn</source>
        <translation>von %1 gezeichneten</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Strongest edges of this head</source>
        <translation>Stärkste Kanten dieses Kopfes</translation>
    </message>
    <message>
        <source>All %1 pairs through %2</source>
        <translation>Alle %1 Paare durch %2</translation>
    </message>
    <message>
        <source>Random subspaces of %1 dimensions: %2 ± %3, exact. Trained heads are far from random, so this is a level, not a test.</source>
        <translation>Zufällige Unterräume von %1 Dimensionen: %2 ± %3, exakt. Trainierte Köpfe sind weit vom Zufall entfernt; dies ist ein Vergleichswert, kein Test.</translation>
    </message>
    <message>
        <source>This measure has no chance level of its own.</source>
        <translation>Dieses Maß hat keinen eigenen Zufallswert.</translation>
    </message>
</context>
<context>
    <name>hs::ui::GraphChoice</name>
    <message>
        <source>Rule for edges</source>
        <translation>Regel für Kanten</translation>
    </message>
    <message>
        <source>Which pairs of heads are drawn, for each type of edge</source>
        <translation>Welche Paare von Köpfen gezeichnet werden, für jede Art von Kante</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>Stärkste</translation>
    </message>
    <message>
        <source>Edges of each type</source>
        <translation>Kanten jeder Art</translation>
    </message>
    <message>
        <source>Edges from what a head writes (O) to what a later head reads through its %1</source>
        <translation>Kanten von dem, was ein Kopf schreibt (O), zu dem, was ein späterer Kopf durch seine %1 liest</translation>
    </message>
    <message>
        <source>Strongest edges of each type</source>
        <translation>Stärkste Kanten jeder Art</translation>
    </message>
    <message>
        <source>Edges with at least this value</source>
        <translation>Kanten mit mindestens diesem Wert</translation>
    </message>
    <message>
        <source>Strongest share of the pairs of each type</source>
        <translation>Stärkster Anteil der Paare jeder Art</translation>
    </message>
    <message>
        <source>tick: random %1</source>
        <translation>Strich: Zufall %1</translation>
    </message>
    <message>
        <source>This measure has no random level</source>
        <translation>Dieses Maß hat kein Zufallsniveau</translation>
    </message>
    <message>
        <source>The tick is the random level, %1</source>
        <translation>Der Strich ist das Zufallsniveau, %1</translation>
    </message>
    <message>
        <source>The random level, %1, lies beyond the slider&apos;s end</source>
        <translation>Das Zufallsniveau, %1, liegt jenseits des Reglers</translation>
    </message>
</context>
<context>
    <name>hs::ui::GraphStore</name>
    <message>
        <source>Compare heads</source>
        <translation>Köpfe vergleichen</translation>
    </message>
    <message>
        <source>Graph of heads</source>
        <translation>Graph der Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::GraphTab</name>
    <message>
        <source>L%1 H%2 | %3 in, %4 out | strength above chance %5 in, %6 out | PageRank %7, reversed %8 | betweenness %9</source>
        <translation>L%1 H%2 | %3 ein, %4 aus | Stärke über Zufall %5 ein, %6 aus | PageRank %7, umgekehrt %8 | Zwischenlage %9</translation>
    </message>
    <message>
        <source>%1 → %2 | %3 | %4 %5 | rank %6 of %7</source>
        <translation>%1 → %2 | %3 | %4 %5 | Rang %6 von %7</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights as stored</source>
        <translation>Gewichte wie gespeichert</translation>
    </message>
    <message>
        <source>Norm folded in</source>
        <translation>Norm eingefaltet</translation>
    </message>
    <message>
        <source>Norm folded in, centred</source>
        <translation>Norm eingefaltet, zentriert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Place heads</source>
        <translation>Köpfe anordnen</translation>
    </message>
    <message>
        <source>By layer</source>
        <translation>Nach Schicht</translation>
    </message>
    <message>
        <source>Freely, by force</source>
        <translation>Frei, durch Kräfte</translation>
    </message>
    <message>
        <source>Forget moved heads</source>
        <translation>Verschobene Köpfe vergessen</translation>
    </message>
    <message>
        <source>Size of a head</source>
        <translation>Größe eines Kopfes</translation>
    </message>
    <message>
        <source>Number of edges</source>
        <translation>Anzahl der Kanten</translation>
    </message>
    <message>
        <source>Edges in</source>
        <translation>Kanten hinein</translation>
    </message>
    <message>
        <source>Edges out</source>
        <translation>Kanten hinaus</translation>
    </message>
    <message>
        <source>Strength in, above chance</source>
        <translation>Stärke hinein, über Zufall</translation>
    </message>
    <message>
        <source>Strength out, above chance</source>
        <translation>Stärke hinaus, über Zufall</translation>
    </message>
    <message>
        <source>PageRank</source>
        <translation>PageRank</translation>
    </message>
    <message>
        <source>PageRank, reversed</source>
        <translation>PageRank, umgekehrt</translation>
    </message>
    <message>
        <source>Betweenness</source>
        <translation>Zwischenlage</translation>
    </message>
    <message>
        <source>All the same</source>
        <translation>Alle gleich</translation>
    </message>
    <message>
        <source>Width of a line</source>
        <translation>Linienbreite</translation>
    </message>
    <message>
        <source>By value</source>
        <translation>Nach Wert</translation>
    </message>
    <message>
        <source>By rank among those drawn</source>
        <translation>Nach Rang unter den gezeichneten</translation>
    </message>
    <message>
        <source>Colours of edges</source>
        <translation>Farben der Kanten</translation>
    </message>
    <message>
        <source>HeadScope</source>
        <translation>HeadScope</translation>
    </message>
    <message>
        <source>As in the paper (red, green, blue)</source>
        <translation>Wie im Aufsatz (Rot, Grün, Blau)</translation>
    </message>
    <message>
        <source>Only the selected head and its neighbours</source>
        <translation>Nur der gewählte Kopf und seine Nachbarn</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Rechnet …</translation>
    </message>
    <message>
        <source>drag moves</source>
        <translation>Ziehen verschiebt</translation>
    </message>
    <message>
        <source>Ctrl+click pins</source>
        <translation>Strg+Klick heftet an</translation>
    </message>
    <message>
        <source>number of edges</source>
        <translation>Anzahl der Kanten</translation>
    </message>
    <message>
        <source>edges in</source>
        <translation>Kanten hinein</translation>
    </message>
    <message>
        <source>edges out</source>
        <translation>Kanten hinaus</translation>
    </message>
    <message>
        <source>strength in</source>
        <translation>Stärke hinein</translation>
    </message>
    <message>
        <source>strength out</source>
        <translation>Stärke hinaus</translation>
    </message>
    <message>
        <source>reversed PageRank</source>
        <translation>umgekehrter PageRank</translation>
    </message>
    <message>
        <source>betweenness</source>
        <translation>Zwischenlage</translation>
    </message>
    <message>
        <source>all the same</source>
        <translation>alle gleich</translation>
    </message>
    <message>
        <source>size of a head: %1</source>
        <translation>Größe eines Kopfes: %1</translation>
    </message>
    <message>
        <source>line width: %1 %2 to %3</source>
        <translation>Linienbreite: %1 %2 bis %3</translation>
    </message>
    <message>
        <source>line width: rank</source>
        <translation>Linienbreite: Rang</translation>
    </message>
    <message>
        <source>random %1</source>
        <translation>Zufall %1</translation>
    </message>
    <message>
        <source>No weights to compare</source>
        <translation>Keine Gewichte zum Vergleichen</translation>
    </message>
    <message>
        <source>The graph compares what heads write and read, so it needs a model file. Attention dumps hold no weights.</source>
        <translation>Der Graph vergleicht, was Köpfe schreiben und lesen, und braucht dafür eine Modelldatei. Gespeicherte Attention enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>No attention weights in this file</source>
        <translation>Keine Attention-Gewichte in dieser Datei</translation>
    </message>
    <message>
        <source>The graph needs W_Q, W_K, W_V and W_O.</source>
        <translation>Der Graph braucht W_Q, W_K, W_V und W_O.</translation>
    </message>
    <message>
        <source>No edges chosen</source>
        <translation>Keine Kanten gewählt</translation>
    </message>
    <message>
        <source>Switch on queries, keys or values above.</source>
        <translation>Schalten Sie oben Queries, Keys oder Values ein.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The head graph was not computed.</source>
        <translation>Der Graph der Köpfe wurde nicht berechnet.</translation>
    </message>
    <message>
        <source>Compute it</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Comparing all heads</source>
        <translation>Alle Köpfe werden verglichen</translation>
    </message>
    <message>
        <source>Selected edge %1 → %2 | %3 | %4 %5</source>
        <translation>Gewählte Kante %1 → %2 | %3 | %4 %5</translation>
    </message>
    <message>
        <source> | random %1 ± %2</source>
        <translation> | Zufall %1 ± %2</translation>
    </message>
    <message>
        <source> | rank %1 of %2</source>
        <translation> | Rang %1 von %2</translation>
    </message>
    <message>
        <source>Head graph by %1: %2; what one head writes against what a later head reads</source>
        <translation>Graph der Köpfe nach %1: %2; was ein Kopf schreibt gegen das, was ein späterer liest</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>chance-corrected</source>
        <translation>zufallsbereinigt</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>only %1 and its neighbours, Esc shows all</source>
        <translation>nur %1 und seine Nachbarn, Esc zeigt alles</translation>
    </message>
    <message>
        <source>only %1 and what lies within 2 steps, Esc shows all</source>
        <translation>nur %1 und was in 2 Schritten liegt, Esc zeigt alles</translation>
    </message>
    <message>
        <source>wheel zooms</source>
        <translation>Rad vergrößert</translation>
    </message>
    <message>
        <source>%1 weaker edges that the rule allows are not drawn</source>
        <translation>%1 schwächere Kanten, die die Regel zulässt, sind nicht gezeichnet</translation>
    </message>
    <message>
        <source>Letters: %1</source>
        <translation>Buchstaben: %1</translation>
    </message>
    <message>
        <source>%1 edges among %2 of %3 heads</source>
        <translation>%1 Kanten unter %2 von %3 Köpfen</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Only the selected head and its neighbours (Alt+N); Esc shows all again</source>
        <translation>Nur der gewählte Kopf und seine Nachbarn (Alt+N); Esc zeigt wieder alles</translation>
    </message>
    <message>
        <source>Neighbours: 1 step</source>
        <translation>Nachbarn: 1 Schritt</translation>
    </message>
    <message>
        <source>Neighbours: 2 steps</source>
        <translation>Nachbarn: 2 Schritte</translation>
    </message>
    <message>
        <source>Graph as data …</source>
        <translation>Graph als Daten …</translation>
    </message>
    <message>
        <source>GraphML, DOT, CSV or JSON, for other programs</source>
        <translation>GraphML, DOT, CSV oder JSON, für andere Programme</translation>
    </message>
    <message>
        <source>What one head writes against what a later head reads</source>
        <translation>Was ein Kopf schreibt gegen das, was ein späterer liest</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Figure …</source>
        <translation>Abbildung …</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Letters on heads</source>
        <translation>Buchstaben an Köpfen</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etiketten</translation>
    </message>
    <message>
        <source>Class list</source>
        <translation>Klassenliste</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>Open %1 in the Head tab</source>
        <translation>%1 in der Ansicht Kopf öffnen</translation>
    </message>
    <message>
        <source>Unpin %1</source>
        <translation>%1 loslassen</translation>
    </message>
    <message>
        <source>Pin %1 for comparison</source>
        <translation>%1 zum Vergleich festhalten</translation>
    </message>
    <message>
        <source>Classes of %1</source>
        <translation>Klassen von %1</translation>
    </message>
    <message>
        <source>top %1 of each type</source>
        <translation>die besten %1 jeder Art</translation>
    </message>
    <message>
        <source>values of at least %1</source>
        <translation>Werte von mindestens %1</translation>
    </message>
    <message>
        <source>strongest %1 % of each type</source>
        <translation>stärkste %1 % jeder Art</translation>
    </message>
    <message>
        <source>Export graph as data</source>
        <translation>Graph als Daten exportieren</translation>
    </message>
    <message>
        <source>GraphML, for graph programs (*.graphml)</source>
        <translation>GraphML, für Graphenprogramme (*.graphml)</translation>
    </message>
    <message>
        <source>Graphviz DOT (*.dot)</source>
        <translation>Graphviz DOT (*.dot)</translation>
    </message>
    <message>
        <source>Table of edges (*.csv)</source>
        <translation>Tabelle der Kanten (*.csv)</translation>
    </message>
    <message>
        <source>JSON, edges and heads with every measure (*.json)</source>
        <translation>JSON, Kanten und Köpfe mit jedem Maß (*.json)</translation>
    </message>
    <message>
        <source>Wrote %1: %2 edges among %3 heads</source>
        <translation>%1 geschrieben: %2 Kanten unter %3 Köpfen</translation>
    </message>
    <message>
        <source>%1, around %2</source>
        <translation>%1, um %2</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>&amp;Graph of heads</source>
        <translation>&amp;Graph der Köpfe</translation>
    </message>
    <message>
        <source>Write graph</source>
        <translation>Graph schreiben</translation>
    </message>
</context>
<context>
    <name>hs::ui::GraphView</name>
    <message>
        <source>Graph of heads</source>
        <translation>Graph der Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::GridTab</name>
    <message>
        <source>This layer</source>
        <translation>Diese Schicht</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>Alle Köpfe</translation>
    </message>
    <message>
        <source>Score under each map</source>
        <translation>Score unter jeder Karte</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>No attention to show</source>
        <translation>Keine Attention zu zeigen</translation>
    </message>
    <message>
        <source>Heads stand here side by side once a prompt has run.</source>
        <translation>Hier stehen die Köpfe nebeneinander, sobald ein Prompt gerechnet ist.</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>All heads or one &amp;head</source>
        <translation>Alle Köpfe oder &amp;einer</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>attention weight, one scale for all heads; colours follow its power 0.7, so that small weights show; each pixel is the largest weight under it</source>
        <translation>Attention-Gewicht, eine Skala für alle Köpfe; Farben folgen seiner Potenz 0,7, damit kleine Gewichte zu sehen sind; jedes Pixel ist das größte Gewicht darunter</translation>
    </message>
</context>
<context>
    <name>hs::ui::GridView</name>
    <message>
        <source>Grid of heads</source>
        <translation>Raster der Köpfe</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source> | switched off</source>
        <translation> | ausgeschaltet</translation>
    </message>
    <message>
        <source> | pinned</source>
        <translation> | angeheftet</translation>
    </message>
    <message>
        <source>L%1 H%2, B</source>
        <translation>L%1 H%2, B</translation>
    </message>
    <message>
        <source> | query %1 %2 → key %3 %4 | %5 %6</source>
        <translation> | Query %1 %2 → Key %3 %4 | %5 %6</translation>
    </message>
    <message>
        <source>largest of %1 × %1 cells</source>
        <translation>größte von %1 × %1 Zellen</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
</context>
<context>
    <name>hs::ui::GroupsPage</name>
    <message>
        <source>1 − %1</source>
        <translation>1 − %1</translation>
    </message>
    <message>
        <source>Mean silhouette of each number of groups</source>
        <translation>Mittlere Silhouette jeder Zahl von Gruppen</translation>
    </message>
    <message>
        <source>Mean silhouette of each number of groups; click to cut there</source>
        <translation>Mittlere Silhouette jeder Zahl von Gruppen; ein Klick schneidet dort</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>Number of groups</source>
        <translation>Zahl der Gruppen</translation>
    </message>
    <message>
        <source>Automatic: the cut with the largest mean silhouette</source>
        <translation>Automatisch: der Schnitt mit der größten mittleren Silhouette</translation>
    </message>
    <message>
        <source>What is replaced</source>
        <translation>Was ersetzt wird</translation>
    </message>
    <message>
        <source>attention pattern</source>
        <translation>Attention-Muster</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Swap test</source>
        <translation>Tauschprobe</translation>
    </message>
    <message>
        <source>Groups of like heads</source>
        <translation>Gruppen ähnlicher Köpfe</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>loss change (95 %)</source>
        <translation>Verluständerung (95 %)</translation>
    </message>
    <message>
        <source>what it says</source>
        <translation>was es sagt</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Replace each by the bold head:</source>
        <translation>Jeden durch den fetten Kopf ersetzen:</translation>
    </message>
    <message>
        <source>There are no groups yet.</source>
        <translation>Es gibt noch keine Gruppen.</translation>
    </message>
    <message>
        <source>The swap test runs text, and this file cannot: its parts for that are missing.</source>
        <translation>Die Tauschprobe rechnet Text, und diese Datei kann das nicht: die Teile dafür fehlen.</translation>
    </message>
    <message>
        <source>The rows are key/value heads that several heads share; the swap test replaces single heads. Choose QQ, OO or a measure of behaviour.</source>
        <translation>Die Zeilen sind Key/Value-Köpfe, die sich mehrere Köpfe teilen; die Tauschprobe ersetzt einzelne Köpfe. Wählen Sie QQ, OO oder ein Maß des Verhaltens.</translation>
    </message>
    <message>
        <source>The swap test needs text: run a prompt, or choose a text file.</source>
        <translation>Die Tauschprobe braucht Text: Rechnen Sie einen Prompt oder wählen Sie eine Textdatei.</translation>
    </message>
    <message>
        <source>No group has two heads.</source>
        <translation>Keine Gruppe hat zwei Köpfe.</translation>
    </message>
    <message>
        <source>Fewer than three heads: no silhouette.</source>
        <translation>Weniger als drei Köpfe: keine Silhouette.</translation>
    </message>
    <message>
        <source>number of groups</source>
        <translation>Zahl der Gruppen</translation>
    </message>
    <message>
        <source>mean silhouette</source>
        <translation>mittlere Silhouette</translation>
    </message>
    <message>
        <source>Mean silhouette %1, the largest of all cuts.</source>
        <translation>Mittlere Silhouette %1, die größte aller Schnitte.</translation>
    </message>
    <message>
        <source>Mean silhouette %1; the largest is %2 at %3 groups.</source>
        <translation>Mittlere Silhouette %1; die größte ist %2 bei %3 Gruppen.</translation>
    </message>
    <message>
        <source>No cut into groups has a positive silhouette.</source>
        <translation>Kein Schnitt in Gruppen hat eine positive Silhouette.</translation>
    </message>
    <message>
        <source>Whether heads are sinks is not known: no prompt has run.</source>
        <translation>Ob Köpfe Senken sind, ist nicht bekannt: es wurde kein Prompt gerechnet.</translation>
    </message>
    <message>
        <source>One group consists of sinks (on %1): alike because idle, not because redundant.</source>
        <translation>Eine Gruppe besteht aus Senken (auf %1): ähnlich, weil untätig, nicht weil überflüssig.</translation>
    </message>
    <message>
        <source>%1 groups consist of sinks (on %2): alike because idle, not because redundant.</source>
        <translation>%1 Gruppen bestehen aus Senken (auf %2): ähnlich, weil untätig, nicht weil überflüssig.</translation>
    </message>
    <message>
        <source>%1 heads have no numbers and are left out.</source>
        <translation>%1 Köpfe haben keine Zahlen und fehlen.</translation>
    </message>
    <message>
        <source>Groups are made when all text is read.</source>
        <translation>Gruppen entstehen, wenn der ganze Text gelesen ist.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Runs the text once for each head that is not bold, with that head replaced</source>
        <translation>Rechnet den Text einmal für jeden nicht fetten Kopf, mit diesem Kopf ersetzt</translation>
    </message>
    <message>
        <source>Would run on %1: %2 heads replaced one by one.</source>
        <translation>Liefe auf %1: %2 Köpfe, einer nach dem anderen ersetzt.</translation>
    </message>
    <message>
        <source>Group %1: %2 heads, mean distance %3</source>
        <translation>Gruppe %1: %2 Köpfe, mittlerer Abstand %3</translation>
    </message>
    <message>
        <source>, both are sinks</source>
        <translation>, beide sind Senken</translation>
    </message>
    <message>
        <source>, all are sinks</source>
        <translation>, alle sind Senken</translation>
    </message>
    <message>
        <source>stands for them</source>
        <translation>steht für sie</translation>
    </message>
    <message>
        <source>Groups of like heads: %1%2</source>
        <translation>Gruppen ähnlicher Köpfe: %1%2</translation>
    </message>
    <message>
        <source>Average linkage of all heads by %1%2, cut into %3 groups</source>
        <translation>Average Linkage aller Köpfe nach %1%2, in %3 Gruppen geschnitten</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>One group of two or more heads</source>
        <translation>Eine Gruppe aus zwei oder mehr Köpfen</translation>
    </message>
    <message>
        <source>%1 groups of two or more heads</source>
        <translation>%1 Gruppen aus zwei oder mehr Köpfen</translation>
    </message>
    <message>
        <source>, one head alone.</source>
        <translation>, ein Kopf allein.</translation>
    </message>
    <message>
        <source>, %1 heads alone.</source>
        <translation>, %1 Köpfe allein.</translation>
    </message>
    <message>
        <source>Change of the loss in nats per token on %1 (%2), with the 95 % interval over documents. Few documents say little.</source>
        <translation>Änderung des Verlusts in Nats je Token auf %1 (%2), mit dem 95-%-Intervall über Dokumente. Wenige Dokumente sagen wenig.</translation>
    </message>
    <message>
        <source>1 − normalised %1</source>
        <translation>1 − normierter %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadCard</name>
    <message>
        <source>Head card</source>
        <translation>Kopfkarte</translation>
    </message>
    <message>
        <source>Pin (Space)</source>
        <translation>Anheften (Leertaste)</translation>
    </message>
    <message>
        <source>Keep this head as B of Compare</source>
        <translation>Diesen Kopf als B im Vergleich behalten</translation>
    </message>
    <message>
        <source>Switch this head off</source>
        <translation>Kopf ausschalten</translation>
    </message>
    <message>
        <source>on → off</source>
        <translation>an → aus</translation>
    </message>
    <message>
        <source>Next token with this head on and off</source>
        <translation>Nächstes Token mit diesem Kopf an und aus</translation>
    </message>
    <message>
        <source>What comes next; Enter appends the token</source>
        <translation>Was als Nächstes kommt; Eingabe hängt das Token an</translation>
    </message>
    <message>
        <source>Continue by</source>
        <translation>Weiter um</translation>
    </message>
    <message>
        <source>Tokens to add</source>
        <translation>Tokens, die dazukommen</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>greedy</translation>
    </message>
    <message>
        <source>Temperature; greedy always takes the most probable token</source>
        <translation>Temperatur; greedy nimmt immer das wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>Seed </translation>
    </message>
    <message>
        <source>The same seed gives the same text</source>
        <translation>Gleicher Seed, gleicher Text</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Distance looked back</source>
        <translation>Distanz zurück</translation>
    </message>
    <message>
        <source>Entropy by position</source>
        <translation>Entropie je Position</translation>
    </message>
    <message>
        <source>Most attended tokens, mean weight</source>
        <translation>Meistbeachtete Tokens, mittleres Gewicht</translation>
    </message>
    <message>
        <source>Most attended tokens</source>
        <translation>Meistbeachtete Tokens</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>No head</source>
        <translation>Kein Kopf</translation>
    </message>
    <message>
        <source>shares keys and values with %1</source>
        <translation>teilt Keys und Values mit %1</translation>
    </message>
    <message>
        <source>%1 other heads</source>
        <translation>%1 anderen Köpfen</translation>
    </message>
    <message>
        <source>Unpin (Space)</source>
        <translation>Lösen (Leertaste)</translation>
    </message>
    <message>
        <source>Switch this head on</source>
        <translation>Kopf einschalten</translation>
    </message>
    <message>
        <source>Key X. One undo step; everything runs again from layer %1 on.</source>
        <translation>Taste X. Ein Schritt zum Rückgängigmachen; ab Schicht %1 wird alles neu gerechnet.</translation>
    </message>
    <message>
        <source>This file holds attention only; switching needs the weights.</source>
        <translation>Diese Datei enthält nur Attention; Schalten braucht die Gewichte.</translation>
    </message>
    <message>
        <source>Needs a model that can run text.</source>
        <translation>Braucht ein Modell, das Text rechnen kann.</translation>
    </message>
    <message>
        <source>When a token comes again, this head looks at what followed it last time: weight %1 there, %2 at the same distances elsewhere.</source>
        <translation>Kommt ein Token wieder, blickt dieser Kopf auf das, was beim letzten Mal folgte: Gewicht %1 dort, %2 bei gleichen Distanzen anderswo.</translation>
    </message>
    <message>
        <source>Mostly looks at the token just before: mean weight %1.</source>
        <translation>Blickt meist auf das Token direkt davor: mittleres Gewicht %1.</translation>
    </message>
    <message>
        <source>Mostly looks at the first token: mean weight %1.</source>
        <translation>Blickt meist auf das erste Token: mittleres Gewicht %1.</translation>
    </message>
    <message>
        <source>Mostly looks at the token itself: mean weight %1.</source>
        <translation>Blickt meist auf das Token selbst: mittleres Gewicht %1.</translation>
    </message>
    <message>
        <source>Spreads its weight: the largest of a row is %1 on average.</source>
        <translation>Verteilt sein Gewicht: Das größte einer Zeile ist im Mittel %1.</translation>
    </message>
    <message>
        <source>Switched off. </source>
        <translation>Ausgeschaltet. </translation>
    </message>
    <message>
        <source>entropy %1 nats · distance %2 tokens · previous %3 · itself %4 · first %5</source>
        <translation>Entropie %1 nats · Distanz %2 Tokens · voriges %3 · selbst %4 · erstes %5</translation>
    </message>
    <message>
        <source> · after a repeat %1</source>
        <translation> · nach Wiederholung %1</translation>
    </message>
    <message>
        <source>Open a model to see its heads.</source>
        <translation>Öffnen Sie ein Modell, um seine Köpfe zu sehen.</translation>
    </message>
    <message>
        <source>No attention to describe: this file cannot run text.</source>
        <translation>Keine Attention zu beschreiben: Diese Datei kann keinen Text rechnen.</translation>
    </message>
    <message>
        <source>Not computed yet: run the prompt.</source>
        <translation>Noch nicht berechnet: Prompt ausführen.</translation>
    </message>
    <message>
        <source>Needs the weights: this file holds attention only.</source>
        <translation>Braucht die Gewichte: Diese Datei enthält nur Attention.</translation>
    </message>
    <message>
        <source>This file has no output matrix, so nothing is predicted.</source>
        <translation>Diese Datei hat keine Ausgabematrix; es wird nichts vorhergesagt.</translation>
    </message>
    <message>
        <source>Not computed yet.</source>
        <translation>Noch nicht berechnet.</translation>
    </message>
    <message>
        <source>Next token after “%1”</source>
        <translation>Nächstes Token nach „%1“</translation>
    </message>
    <message>
        <source>Token %1: %2 with the head on, %3 with it off</source>
        <translation>Token %1: %2 mit Kopf, %3 ohne</translation>
    </message>
    <message>
        <source>loss %1 nats</source>
        <translation>Verlust %1 nats</translation>
    </message>
    <message>
        <source>Loss of this prompt: %1 with the head on, %2 with it off</source>
        <translation>Verlust dieses Prompts: %1 mit Kopf, %2 ohne</translation>
    </message>
    <message>
        <source>What comes next (click to append)</source>
        <translation>Was folgt (Klick hängt an)</translation>
    </message>
    <message>
        <source>After token %1 (prediction inside the prompt)</source>
        <translation>Nach Token %1 (Vorhersage im Prompt)</translation>
    </message>
    <message>
        <source>Token %1. Click to append it to the prompt.</source>
        <translation>Token %1. Klick hängt es an den Prompt an.</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>Token %1: mean weight from the queries that can see it</source>
        <translation>Token %1: mittleres Gewicht der Querys, die es sehen können</translation>
    </message>
    <message>
        <source>Distance, first %1</source>
        <translation>Distanz, erste %1</translation>
    </message>
    <message>
        <source>this prompt, rows: %1</source>
        <translation>dieser Prompt, Zeilen: %1</translation>
    </message>
    <message>
        <source>Switched off.</source>
        <translation>Abgeschaltet.</translation>
    </message>
    <message>
        <source>Mostly looks at the first column: mean weight %1.</source>
        <translation>Blickt meist auf die erste Spalte: mittleres Gewicht %1.</translation>
    </message>
    <message>
        <source>entropy %1 nats · largest %2 · first column %3</source>
        <translation>Entropie %1 nats · größtes %2 · erste Spalte %3</translation>
    </message>
    <message>
        <source>Computed when the prompt has run to its end.</source>
        <translation>Wird berechnet, wenn der Prompt ganz gelaufen ist.</translation>
    </message>
    <message>
        <source>Computing: the prompt runs once more without this head.</source>
        <translation>Wird berechnet: Der Prompt läuft noch einmal ohne diesen Kopf.</translation>
    </message>
    <message>
        <source>Cancelled. Choose this head again to run the prompt once more without it.</source>
        <translation>Abgebrochen. Den Kopf noch einmal wählen, damit der Prompt ohne ihn läuft.</translation>
    </message>
    <message>
        <source>This model fills in the word at each place: there is no next word that a head could change.</source>
        <translation>Dieses Modell setzt an jeder Stelle das Wort ein: Es gibt kein nächstes Wort, das ein Kopf ändern könnte.</translation>
    </message>
    <message>
        <source>The word at token %1, as the model fills it in</source>
        <translation>Das Wort bei Token %1, wie das Modell es einsetzt</translation>
    </message>
    <message>
        <source> · sink %1</source>
        <translation> · Senke %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadFeature</name>
    <message>
        <source>&amp;Pin for comparison	Space</source>
        <translation>Zum Vergleich &amp;anheften	Leertaste</translation>
    </message>
    <message>
        <source>Switch &amp;off or on</source>
        <translation>A&amp;us- oder einschalten</translation>
    </message>
    <message>
        <source>ablate; zero ablation; cut</source>
        <translation>ablatieren; Null-Ablation; Schnitt; ablate</translation>
    </message>
    <message>
        <source>Head card</source>
        <translation>Kopfkarte</translation>
    </message>
    <message>
        <source>Export weights of %1</source>
        <translation>Gewichte von %1 exportieren</translation>
    </message>
    <message>
        <source>W_Q, W_K, W_V, W_O and biases (*.safetensors)</source>
        <translation>W_Q, W_K, W_V, W_O und Biases (*.safetensors)</translation>
    </message>
    <message>
        <source>Weights of %1</source>
        <translation>Gewichte von %1</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 geschrieben</translation>
    </message>
    <message>
        <source>Export &amp;weights of this head …</source>
        <translation>Ge&amp;wichte dieses Kopfs exportieren …</translation>
    </message>
    <message>
        <source>save W_Q, W_K, W_V, W_O; safetensors</source>
        <translation>W_Q, W_K, W_V, W_O speichern; safetensors</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadMapView</name>
    <message>
        <source>Map of heads</source>
        <translation>Landkarte der Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadNumberWords</name>
    <message>
        <source>Identity score of OV</source>
        <translation>Identitätswert von OV</translation>
    </message>
    <message>
        <source>Attention on itself, this prompt</source>
        <translation>Attention auf sich selbst, dieser Prompt</translation>
    </message>
    <message>
        <source>n/a: no prompt has run</source>
        <translation>n. v.: kein Prompt gerechnet</translation>
    </message>
    <message>
        <source>Idempotence of OV</source>
        <translation>Idempotenz von OV</translation>
    </message>
    <message>
        <source>n/a: OV applied twice is zero</source>
        <translation>n. v.: OV zweimal angewandt ist null</translation>
    </message>
    <message>
        <source>Overlap of what it reads and writes</source>
        <translation>Überlappung von Gelesenem und Geschriebenem</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>n/a: %1</source>
        <translation>n. v.: %1</translation>
    </message>
    <message>
        <source>0 ± %1</source>
        <translation>0 ± %1</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>Effective rank of OV</source>
        <translation>Effektiver Rang von OV</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadScores</name>
    <message>
        <source>Map thumbnails</source>
        <translation>Miniaturen</translation>
    </message>
    <message>
        <source>Weight on previous token</source>
        <translation>Gewicht auf vorigem Token</translation>
    </message>
    <message>
        <source>Weight after a repeat</source>
        <translation>Gewicht nach Wiederholung</translation>
    </message>
    <message>
        <source>Weight on itself</source>
        <translation>Gewicht auf sich selbst</translation>
    </message>
    <message>
        <source>Weight on first token</source>
        <translation>Gewicht auf erstem Token</translation>
    </message>
    <message>
        <source>Mean of row maxima</source>
        <translation>Mittel der Zeilenmaxima</translation>
    </message>
    <message>
        <source>Mean entropy</source>
        <translation>Mittlere Entropie</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>Mean distance</source>
        <translation>Mittlere Distanz</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Loss if off</source>
        <translation>Verlust ohne Kopf</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Voriges</translation>
    </message>
    <message>
        <source>After repeat</source>
        <translation>Nach Wdh.</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>Selbst</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distanz</translation>
    </message>
    <message>
        <source>Score of the label</source>
        <translation>Wert des Namens</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Score from labelling</source>
        <translation>Wert aus der Benennung</translation>
    </message>
    <message>
        <source>Edges in the graph</source>
        <translation>Kanten im Graphen</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadSpectraStore</name>
    <message>
        <source>Spectra of heads</source>
        <translation>Spektren von Köpfen</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadTab</name>
    <message>
        <source>attention scores</source>
        <translation>Attention-Scores</translation>
    </message>
    <message>
        <source>value-weighted attention</source>
        <translation>value-gewichtete Attention</translation>
    </message>
    <message>
        <source>attention pattern</source>
        <translation>Attention-Muster</translation>
    </message>
    <message>
        <source>Attention (default)</source>
        <translation>Attention (Standard)</translation>
    </message>
    <message>
        <source>Difference (diverging)</source>
        <translation>Differenz (divergierend)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>Value-weighted</source>
        <translation>Value-gewichtet</translation>
    </message>
    <message>
        <source>Attention pattern: after the softmax, each row sums to 1</source>
        <translation>Attention-Muster: nach dem Softmax, jede Zeile hat die Summe 1</translation>
    </message>
    <message>
        <source>Attention scores: before the softmax, query · key × scale</source>
        <translation>Attention-Scores: vor dem Softmax, Query · Key × Skalierung</translation>
    </message>
    <message>
        <source>Norm of weight × value × W_O: what a key adds to the residual stream</source>
        <translation>Norm von Gewicht × Value × W_O: was ein Key zum Residualstrom beiträgt</translation>
    </message>
    <message>
        <source>Hide sink</source>
        <translation>Ohne Sink</translation>
    </message>
    <message>
        <source>Leave the first key out and rescale the rows to 1</source>
        <translation>Ersten Key weglassen und die Zeilen auf 1 bringen</translation>
    </message>
    <message>
        <source>Stretch rows</source>
        <translation>Zeilen strecken</translation>
    </message>
    <message>
        <source>Colour each row up to its own maximum</source>
        <translation>Jede Zeile bis zu ihrem eigenen Maximum färben</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Outline the row and column of the pair (C)</source>
        <translation>Zeile und Spalte des Paars umranden (C)</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Colour map, stretch, range, table</source>
        <translation>Farbskala, Streckung, Bereich, Tabelle</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Streckung</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>Logarithmisch</translation>
    </message>
    <message>
        <source>Each row to its own maximum</source>
        <translation>Jede Zeile bis zu ihrem Maximum</translation>
    </message>
    <message>
        <source>Automatic range</source>
        <translation>Bereich automatisch</translation>
    </message>
    <message>
        <source>Fit map</source>
        <translation>Karte einpassen</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Export figure …</source>
        <translation>Abbildung exportieren …</translation>
    </message>
    <message>
        <source>Attention map as a table</source>
        <translation>Attention-Karte als Tabelle</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Needs queries and keys, which this file does not hold</source>
        <translation>Braucht Querys und Keys; diese Datei enthält sie nicht</translation>
    </message>
    <message>
        <source>Needs values and W_O, which this file does not hold</source>
        <translation>Braucht Values und W_O; diese Datei enthält sie nicht</translation>
    </message>
    <message>
        <source>No attention to show yet</source>
        <translation>Noch keine Attention zu zeigen</translation>
    </message>
    <message>
        <source>Open a model or attention that you saved, then this map fills.</source>
        <translation>Öffnen Sie ein Modell oder gespeicherte Attention, dann füllt sich diese Karte.</translation>
    </message>
    <message>
        <source>Run a sentence, then this map fills.</source>
        <translation>Führen Sie einen Satz aus, dann füllt sich diese Karte.</translation>
    </message>
    <message>
        <source>There is no %1</source>
        <translation>%1 gibt es nicht</translation>
    </message>
    <message>
        <source>This model has %1 layers. Choose a head in the atlas.</source>
        <translation>Dieses Modell hat %1 Schichten. Wählen Sie einen Kopf im Atlas.</translation>
    </message>
    <message>
        <source>No scores to show</source>
        <translation>Keine Scores zu zeigen</translation>
    </message>
    <message>
        <source>No value-weighted map to show</source>
        <translation>Keine value-gewichtete Karte zu zeigen</translation>
    </message>
    <message>
        <source>This file holds attention weights only, without queries, keys and values.</source>
        <translation>Diese Datei enthält nur Attention-Gewichte, ohne Querys, Keys und Values.</translation>
    </message>
    <message>
        <source>Weights, statistics and figures work.</source>
        <translation>Gewichte, Statistik und Abbildungen gehen.</translation>
    </message>
    <message>
        <source>Show weights</source>
        <translation>Gewichte zeigen</translation>
    </message>
    <message>
        <source>Computing attention</source>
        <translation>Attention wird berechnet</translation>
    </message>
    <message>
        <source>This layer was not computed</source>
        <translation>Diese Schicht wurde nicht berechnet</translation>
    </message>
    <message>
        <source>Layers 0 to %1 are final and can be looked at now.</source>
        <translation>Die Schichten 0 bis %1 sind fertig und schon zu sehen.</translation>
    </message>
    <message>
        <source>The run was cancelled before layer %1. Run it again to go on.</source>
        <translation>Der Lauf wurde vor Schicht %1 abgebrochen. Erneut ausführen setzt ihn fort.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>waiting for layer %1</source>
        <translation>wartet auf Schicht %1</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>Score %1</translation>
    </message>
    <message>
        <source>Graph and Similarity work: they need the attention weights only.</source>
        <translation>Graph und Ähnlichkeit gehen: Sie brauchen nur die Attention-Gewichte.</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadWeightsPage</name>
    <message>
        <source>Singular values</source>
        <translation>Singulärwerte</translation>
    </message>
    <message>
        <source>Later heads</source>
        <translation>Spätere Köpfe</translation>
    </message>
    <message>
        <source>Earlier heads</source>
        <translation>Frühere Köpfe</translation>
    </message>
    <message>
        <source>What the OV circuit reads and writes, in tokens</source>
        <translation>Was der OV-Schaltkreis liest und schreibt, in Tokens</translation>
    </message>
    <message>
        <source>Singular directions of the OV circuit</source>
        <translation>Singuläre Richtungen des OV-Schaltkreises</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>liest</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Singular values, as shares of the largest</source>
        <translation>Singulärwerte als Anteile des größten</translation>
    </message>
    <message>
        <source>%1 and %2 | %3</source>
        <translation>%1 und %2 | %3</translation>
    </message>
    <message>
        <source>singular value</source>
        <translation>Singulärwert</translation>
    </message>
    <message>
        <source>OV, σ₁ = %1</source>
        <translation>OV, σ₁ = %1</translation>
    </message>
    <message>
        <source>QK, σ₁ = %1</source>
        <translation>QK, σ₁ = %1</translation>
    </message>
    <message>
        <source>n/a: %1</source>
        <translation>n. v.: %1</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>Comparing heads needs a model file; attention dumps hold no weights.</source>
        <translation>Köpfe zu vergleichen braucht eine Modelldatei; gespeicherte Attention enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>This file holds no attention weights.</source>
        <translation>Diese Datei enthält keine Attention-Gewichte.</translation>
    </message>
    <message>
        <source>Cancelled. Choose the head again to compute it.</source>
        <translation>Abgebrochen. Wählen Sie den Kopf noch einmal, um ihn zu rechnen.</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Rechnet …</translation>
    </message>
    <message>
        <source>%1 (random %2)</source>
        <translation>%1 (Zufall %2)</translation>
    </message>
    <message>
        <source>n/a: heads are not labelled yet</source>
        <translation>n. v.: Köpfe noch nicht benannt</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>Copying score (eigenvalues of OV)</source>
        <translation>Kopierwert (Eigenwerte von OV)</translation>
    </message>
    <message>
        <source>Rank of OV and QK</source>
        <translation>Rang von OV und QK</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Nearest heads by %1%2</source>
        <translation>Nächste Köpfe nach %1%2</translation>
    </message>
    <message>
        <source>Nearest heads</source>
        <translation>Nächste Köpfe</translation>
    </message>
    <message>
        <source>No earlier head has a number with this one.</source>
        <translation>Kein früherer Kopf hat mit diesem eine Zahl.</translation>
    </message>
    <message>
        <source>No other head has a number with this one.</source>
        <translation>Kein anderer Kopf hat mit diesem eine Zahl.</translation>
    </message>
    <message>
        <source>No later head has a number with this one.</source>
        <translation>Kein späterer Kopf hat mit diesem eine Zahl.</translation>
    </message>
    <message>
        <source>centre: the same; outer ring: random level</source>
        <translation>Mitte: gleich; äußerer Ring: Zufallsniveau</translation>
    </message>
    <message>
        <source>centre: the same; outer ring: farthest shown</source>
        <translation>Mitte: gleich; äußerer Ring: fernster gezeigter</translation>
    </message>
    <message>
        <source>This file has no embedding: directions cannot be read in tokens.</source>
        <translation>Diese Datei hat kein Embedding: Richtungen lassen sich nicht in Tokens lesen.</translation>
    </message>
    <message>
        <source>The sign of a direction is arbitrary: its two ends belong together, + reads with + writes.</source>
        <translation>Das Vorzeichen einer Richtung ist beliebig: ihre beiden Enden gehören zusammen, + liest mit + schreibt.</translation>
    </message>
    <message>
        <source>≈: a neighbouring σ lies within 1 %, so directions may be mixed at will among them.</source>
        <translation>≈: ein benachbartes σ liegt näher als 1 %, also lassen sich die Richtungen beliebig mischen.</translation>
    </message>
    <message>
        <source>No two σ shown lie within 1 % of each other.</source>
        <translation>Keine zwei gezeigten σ liegen näher als 1 % beieinander.</translation>
    </message>
    <message>
        <source>No embedding: what is read is not named.</source>
        <translation>Kein Embedding: Gelesenes hat keine Namen.</translation>
    </message>
    <message>
        <source>No unembedding: what is written is not named.</source>
        <translation>Kein Unembedding: Geschriebenes hat keine Namen.</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>Spectra and nearest heads of %1</source>
        <translation>Spektren und nächste Köpfe von %1</translation>
    </message>
    <message>
        <source>Singular values of the OV and QK circuits of %1, and the heads nearest to it</source>
        <translation>Singulärwerte der Schaltkreise OV und QK von %1 und die Köpfe, die ihm am nächsten sind</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>shares its keys and values with %1</source>
        <translation>teilt Keys und Values mit %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadsDialog</name>
    <message>
        <source>%1: %2 layers of width %3. Queries have %4 numbers in a layer, keys %5. Neither the file nor a configuration beside it says where one head ends and the next begins.</source>
        <translation>%1: %2 Schichten der Breite %3. Queries haben %4 Zahlen in einer Schicht, Keys %5. Weder die Datei noch eine Konfiguration daneben sagt, wo ein Kopf endet und der nächste beginnt.</translation>
    </message>
    <message>
        <source>How many heads has a layer?</source>
        <translation>Wie viele Köpfe hat eine Schicht?</translation>
    </message>
    <message>
        <source>All of these fit. A wrong one still runs: it only gives wrong attention patterns. Look it up in the paper, or in the code that came with the model; HeadScope does not choose for you.</source>
        <translation>Alle hier passen. Auch eine falsche läuft: Sie ergibt nur falsche Attention-Muster. Die richtige steht im Aufsatz oder im Code, der zum Modell gehört; HeadScope wählt nicht für Sie.</translation>
    </message>
    <message>
        <source>Your answer is marked “you said” in exports and labels, and is kept in projects. The file itself stays as it is.</source>
        <translation>Ihre Antwort ist in Exporten und Labels als „Ihre Angabe“ vermerkt und bleibt in Projekten erhalten. Die Datei selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Choose a row first</source>
        <translation>Zuerst eine Zeile wählen</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Numbers in each</source>
        <translation>Zahlen in jedem</translation>
    </message>
    <message>
        <source>Key/value heads</source>
        <translation>Key/Value-Köpfe</translation>
    </message>
    <message>
        <source>Ways to cut the projections into heads</source>
        <translation>Arten, die Projektionen in Köpfe zu teilen</translation>
    </message>
    <message>
        <source>usual for this width, but a guess</source>
        <translation>üblich bei dieser Breite, aber geraten</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadsModel</name>
    <message>
        <source>%1 off</source>
        <translation>%1 aus</translation>
    </message>
    <message>
        <source>%1, %2: not computed yet</source>
        <translation>%1, %2: noch nicht berechnet</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <translation>noch nicht berechnet</translation>
    </message>
    <message>
        <source>Change of the loss when the head is switched off, in nats</source>
        <translation>Änderung des Verlusts, wenn der Kopf ausgeschaltet wird, in nats</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Loss if off</source>
        <translation>Verlust ohne</translation>
    </message>
    <message>
        <source>not labelled yet</source>
        <translation>noch nicht benannt</translation>
    </message>
    <message>
        <source>candidate: %1</source>
        <translation>Kandidat: %1</translation>
    </message>
    <message>
        <source>, your label: %1</source>
        <translation>, Ihr Name: %1</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>no graph yet</source>
        <translation>noch kein Graph</translation>
    </message>
    <message>
        <source>Edges of the graph that are drawn at the head</source>
        <translation>Kanten des Graphen, die am Kopf gezeichnet sind</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>, also: %1</source>
        <translation>, auch: %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadsTable</name>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeatmapView</name>
    <message>
        <source>query %1 %2</source>
        <translation>Query %1 %2</translation>
    </message>
    <message>
        <source>key %1 %2</source>
        <translation>Key %1 %2</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Value-weighted</source>
        <translation>Value-gewichtet</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1, fits</source>
        <translation>%1, eingepasst</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>query ↑</source>
        <translation>Query ↑</translation>
    </message>
    <message>
        <source>key →</source>
        <translation>Key →</translation>
    </message>
</context>
<context>
    <name>hs::ui::HistoryCommands</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Find token or head …</source>
        <translation>Token oder Kopf &amp;suchen …</translation>
    </message>
    <message>
        <source>&amp;Go to head …</source>
        <translation>Zu Kopf &amp;gehen …</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
</context>
<context>
    <name>hs::ui::IdentityStore</name>
    <message>
        <source>Spectra of heads</source>
        <translation>Spektren von Köpfen</translation>
    </message>
</context>
<context>
    <name>hs::ui::IndexChart</name>
    <message>
        <source>%1: %2 values from %3 to %4</source>
        <translation>%1: %2 Werte von %3 bis %4</translation>
    </message>
</context>
<context>
    <name>hs::ui::InterventionPanel</name>
    <message>
        <source>Interventions</source>
        <translation>Eingriffe</translation>
    </message>
    <message>
        <source>Interventions in force, in order</source>
        <translation>Wirksame Eingriffe, der Reihe nach</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was er bewirkt</translation>
    </message>
    <message>
        <source>Kind of intervention</source>
        <translation>Art des Eingriffs</translation>
    </message>
    <message>
        <source>For example L1H3; empty: the selected head</source>
        <translation>Zum Beispiel L1H3; leer: der gewählte Kopf</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Addieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Alle entfernen</translation>
    </message>
    <message>
        <source>remove all interventions</source>
        <translation>alle Eingriffe entfernen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>One undo step; the prompt runs again</source>
        <translation>Ein Schritt zum Rückgängigmachen; der Prompt läuft neu</translation>
    </message>
    <message>
        <source>Needs a model with weights and a prompt that has run.</source>
        <translation>Braucht ein Modell mit Gewichten und einen Prompt, der gelaufen ist.</translation>
    </message>
    <message>
        <source>A head is written like L1H3.</source>
        <translation>Ein Kopf schreibt sich wie L1H3.</translation>
    </message>
    <message>
        <source>change an intervention on %1</source>
        <translation>einen Eingriff an %1 ändern</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>remove an intervention</source>
        <translation>einen Eingriff entfernen</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::InterventionsFeature</name>
    <message>
        <source>Switch &amp;all heads on</source>
        <translation>Alle &amp;Köpfe einschalten</translation>
    </message>
    <message>
        <source>Interventions</source>
        <translation>Eingriffe</translation>
    </message>
</context>
<context>
    <name>hs::ui::JobsFeature</name>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
</context>
<context>
    <name>hs::ui::JobsModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>started</source>
        <translation>begonnen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>replaced by a newer one</source>
        <translation>durch Neueres ersetzt</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>No jobs running</source>
        <translation>Keine Aufgabe läuft</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1: failed: %2</source>
        <translation>%1: fehlgeschlagen: %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Stops the chosen job, or the running one; what is finished stays</source>
        <translation>Hält die gewählte oder die laufende Aufgabe an; Fertiges bleibt</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Forget jobs that have ended</source>
        <translation>Beendete Aufgaben vergessen</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelChip</name>
    <message>
        <source>%1, heads: %2</source>
        <translation>%1, Köpfe: %2</translation>
    </message>
    <message>
        <source>%1: show only these heads (Ctrl adds to the choice)</source>
        <translation>%1: nur diese Köpfe zeigen (Strg nimmt sie zur Auswahl dazu)</translation>
    </message>
    <message>
        <source>%1, heads: %2, and behind another label: %3</source>
        <translation>%1, Köpfe: %2, und hinter einem anderen Label: %3</translation>
    </message>
    <message>
        <source>%1 with it as their first label, %2 behind another: %3</source>
        <translation>%1 mit ihm als erstem Label, %2 hinter einem anderen: %3</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelChipLine</name>
    <message>
        <source>%1, candidate</source>
        <translation>%1, Kandidat</translation>
    </message>
    <message>
        <source>%1, score %2</source>
        <translation>%1, Wert %2</translation>
    </message>
    <message>
        <source>%1, null %2</source>
        <translation>%1, Null %2</translation>
    </message>
    <message>
        <source>%1: %2, %3; %4</source>
        <translation>%1: %2, %3; %4</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelController</name>
    <message>
        <source>This file holds attention only; labels need the weights.</source>
        <translation>Diese Datei enthält nur Attention; Namen brauchen die Gewichte.</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>Öffnen Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>Labelling has begun</source>
        <translation>Das Benennen hat begonnen</translation>
    </message>
    <message>
        <source>Labelling cancelled before the first result.</source>
        <translation>Benennen abgebrochen, bevor es ein Ergebnis gab.</translation>
    </message>
    <message>
        <source>Labelling cancelled; the labels of before stay.</source>
        <translation>Benennen abgebrochen; die bisherigen Namen bleiben.</translation>
    </message>
    <message>
        <source>Labelling cancelled; what was finished stays, marked as unfinished.</source>
        <translation>Benennen abgebrochen; was fertig war, bleibt und ist als unfertig markiert.</translation>
    </message>
    <message>
        <source>Labels are ready.</source>
        <translation>Die Namen sind da.</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>kein Text</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Passagen</translation>
    </message>
    <message>
        <source>unfinished</source>
        <translation>unfertig</translation>
    </message>
    <message>
        <source>stored %1</source>
        <translation>gespeichert %1</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>Preset %1, seed %2, %3 tests</source>
        <translation>Vorgabe %1, Startwert %2, %3 Tests</translation>
    </message>
    <message>
        <source>%1 passages, %2 tokens, at most %3 each</source>
        <translation>%1 Passagen, %2 Tokens, je höchstens %3</translation>
    </message>
    <message>
        <source>took %1 s</source>
        <translation>dauerte %1 s</translation>
    </message>
    <message>
        <source>Labels depend on the text: click to label again with another.</source>
        <translation>Namen hängen vom Text ab: Klicken, um mit einem anderen neu zu benennen.</translation>
    </message>
    <message>
        <source>This file has no attention weights, so its heads cannot be labelled.</source>
        <translation>Diese Datei hat keine Attention-Gewichte; ihre Köpfe lassen sich nicht benennen.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>by norms</source>
        <translation>nach Normen</translation>
    </message>
    <message>
        <source>Rows counted by norms: shares of what a head writes, ‖A v W_O‖ (Kobayashi et al. 2020)</source>
        <translation>Zeilen nach Normen gezählt: Anteile an dem, was ein Kopf schreibt, ‖A v W_O‖ (Kobayashi u. a. 2020)</translation>
    </message>
    <message>
        <source>Rows counted by attention weights</source>
        <translation>Zeilen nach Attention-Gewichten gezählt</translation>
    </message>
    <message>
        <source>Label the heads</source>
        <translation>Köpfe bezeichnen</translation>
    </message>
    <message>
        <source>Examples of a label</source>
        <translation>Beispiele einer Bezeichnung</translation>
    </message>
    <message>
        <source>%1 of %2 passages</source>
        <translation>%1 von %2 Passagen</translation>
    </message>
    <message>
        <source>Takes about %1 on this machine.</source>
        <translation>Dauert auf diesem Rechner etwa %1.</translation>
    </message>
    <message>
        <source>Takes about %1 on this machine. Of some %2 passages %3 are read: the work set for text (trust.text-work) pays for no more.</source>
        <translation>Dauert auf diesem Rechner etwa %1. Von etwa %2 Passagen werden %3 gelesen: Mehr bezahlt die für Text gesetzte Arbeit (trust.text-work) nicht.</translation>
    </message>
    <message>
        <source>The text has %1 passages; the work set for text (trust.text-work) pays for these, spread evenly.</source>
        <translation>Der Text hat %1 Passagen; die für Text gesetzte Arbeit (trust.text-work) bezahlt diese, gleichmäßig verteilt.</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelDialog</name>
    <message>
        <source>Label heads</source>
        <translation>Köpfe benennen</translation>
    </message>
    <message>
        <source>Sample corpus: text of the sample model and passages of our own</source>
        <translation>Beispielkorpus: Text des Beispielmodells und eigene Passagen</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>Datei oder Ordner</translation>
    </message>
    <message>
        <source>File or folder with text</source>
        <translation>Datei oder Ordner mit Text</translation>
    </message>
    <message>
        <source>text files or folders, separated by ;</source>
        <translation>Textdateien oder Ordner, durch ; getrennt</translation>
    </message>
    <message>
        <source>File …</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Synthetic sequences</source>
        <translation>Künstliche Folgen</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Check causes</source>
        <translation>Ursachen prüfen</translation>
    </message>
    <message>
        <source>Knocks out the attention that each awarded label describes and sees whether the output changes</source>
        <translation>Schaltet die Attention aus, die jeder vergebene Name beschreibt, und sieht, ob sich die Ausgabe ändert</translation>
    </message>
    <message>
        <source>Needs a tokeniser; synthetic sequences and weights do not.</source>
        <translation>Braucht einen Tokenizer; künstliche Folgen und Gewichte nicht.</translation>
    </message>
    <message>
        <source>Compute again even if a stored result exists</source>
        <translation>Neu rechnen, auch wenn ein gespeichertes Ergebnis da ist</translation>
    </message>
    <message>
        <source>attention weights</source>
        <translation>Attention-Gewichte</translation>
    </message>
    <message>
        <source>norms of what is written</source>
        <translation>Normen des Geschriebenen</translation>
    </message>
    <message>
        <source>passages count alike</source>
        <translation>Passagen zählen gleich</translation>
    </message>
    <message>
        <source>rows count alike</source>
        <translation>Zeilen zählen gleich</translation>
    </message>
    <message>
        <source>Preset of thresholds</source>
        <translation>Vorgabe der Schwellen</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>tokens a passage, at most</source>
        <translation>Tokens je Passage höchstens</translation>
    </message>
    <message>
        <source>passages, seed</source>
        <translation>Passagen, Startwert</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutze</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>Bis zu</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Own thresholds</source>
        <translation>Eigene Schwellen</translation>
    </message>
    <message>
        <source>Folder with text files</source>
        <translation>Ordner mit Textdateien</translation>
    </message>
    <message>
        <source>Text file</source>
        <translation>Textdatei</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Choose at least one of text, synthetic sequences and weights.</source>
        <translation>Wählen Sie mindestens eines von Text, künstlichen Folgen und Gewichten.</translation>
    </message>
    <message>
        <source>Choose a text file or a folder.</source>
        <translation>Wählen Sie eine Textdatei oder einen Ordner.</translation>
    </message>
    <message>
        <source>This model has no tokeniser: labels come from synthetic sequences and the weights alone.</source>
        <translation>Dieses Modell hat keinen Tokenizer: Namen kommen allein aus künstlichen Folgen und den Gewichten.</translation>
    </message>
    <message>
        <source>yours; %1 has %2</source>
        <translation>von Ihnen; %1 hat %2</translation>
    </message>
    <message>
        <source>preset %1; by default %2</source>
        <translation>Vorgabe %1; sonst %2</translation>
    </message>
    <message>
        <source>Needs a model that can run text.</source>
        <translation>Braucht ein Modell, das Text ausführen kann.</translation>
    </message>
    <message>
        <source>This file cannot run text: what is said about its heads comes from the weights alone.</source>
        <translation>Diese Datei kann keinen Text ausführen: was über ihre Köpfe gesagt wird, kommt allein aus den Gewichten.</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Thresholds from a JSON file</source>
        <translation>Schwellen aus einer JSON-Datei</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>Sichern als …</translation>
    </message>
    <message>
        <source>Writes these thresholds to a JSON file, which opens here and with headscope label --preset</source>
        <translation>Schreibt diese Schwellen in eine JSON-Datei, die sich hier und mit headscope label --preset öffnen lässt</translation>
    </message>
    <message>
        <source>Save thresholds</source>
        <translation>Schwellen sichern</translation>
    </message>
    <message>
        <source>Open thresholds</source>
        <translation>Schwellen öffnen</translation>
    </message>
    <message>
        <source>Thresholds (*.json)</source>
        <translation>Schwellen (*.json)</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 geschrieben</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelExamples</name>
    <message>
        <source>Strongest rows</source>
        <translation>Stärkste Zeilen</translation>
    </message>
    <message>
        <source>Counter-examples</source>
        <translation>Gegenbeispiele</translation>
    </message>
    <message>
        <source>More in the corpus …</source>
        <translation>Mehr im Korpus …</translation>
    </message>
    <message>
        <source>Strongest rows for %1</source>
        <translation>Stärkste Zeilen für: %1</translation>
    </message>
    <message>
        <source>Maps of the strongest rows</source>
        <translation>Karten der stärksten Zeilen</translation>
    </message>
    <message>
        <source>Maps of the counter-examples</source>
        <translation>Karten der Gegenbeispiele</translation>
    </message>
    <message>
        <source>%1, by norms</source>
        <translation>%1, nach Normen</translation>
    </message>
    <message>
        <source>%1, by weights</source>
        <translation>%1, nach Gewichten</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelFilterBar</name>
    <message>
        <source>Label heads …</source>
        <translation>Köpfe benennen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Names what every head does, with evidence, from text, synthetic sequences and weights</source>
        <translation>Benennt, was jeder Kopf tut, mit Belegen aus Text, künstlichen Folgen und Gewichten</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Not labelled yet</source>
        <translation>Noch nicht benannt</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Attributes that were found: %1</source>
        <translation>Gefundene Merkmale: %1</translation>
    </message>
    <message>
        <source>What heads also do (copying, successor …): show only heads that have it</source>
        <translation>Was Köpfe außerdem tun (Kopieren, Nachfolger …): nur Köpfe zeigen, die es haben</translation>
    </message>
    <message>
        <source>%1, heads: %2</source>
        <translation>%1, Köpfe: %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelReportPaper</name>
    <message>
        <source>Full colour: awarded. Hatched: strong enough, but not proven. –: nothing is strong and regular enough. ?: too little evidence.</source>
        <translation>Volle Farbe: vergeben. Schraffiert: stark genug, aber nicht belegt. –: nichts ist stark und regelmäßig genug. ?: zu wenig Belege.</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Nötig</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Null</translation>
    </message>
    <message>
        <source>95 % of the excess</source>
        <translation>95 % des Überschusses</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>also %1</source>
        <translation>auch %1</translation>
    </message>
    <message>
        <source>own note: %1</source>
        <translation>eigene Notiz: %1</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>pattern only</source>
        <translation>nur Muster</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>Model: %1, SHA-256 %2, weights %3</source>
        <translation>Modell: %1, SHA-256 %2, Gewichte %3</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Text: %1, %2 passages, %3 tokens, SHA-256 %4</source>
        <translation>Text: %1, %2 Passagen, %3 Tokens, SHA-256 %4</translation>
    </message>
    <message>
        <source>Text: none</source>
        <translation>Text: keiner</translation>
    </message>
    <message>
        <source>Preset %1, seed %2, %3 tests corrected together, HeadScope %4</source>
        <translation>Vorgabe %1, Startwert %2, %3 gemeinsam korrigierte Tests, HeadScope %4</translation>
    </message>
    <message>
        <source>Unfinished: labelling was stopped before everything had run.</source>
        <translation>Unfertig: Das Benennen endete, bevor alles gelaufen war.</translation>
    </message>
    <message>
        <source>Head labels of %1</source>
        <translation>Namen der Köpfe von %1</translation>
    </message>
    <message>
        <source>%1 · model %2 · data %3 · HeadScope %4</source>
        <translation>%1 · Modell %2 · Daten %3 · HeadScope %4</translation>
    </message>
    <message>
        <source>Labels depend on the text. An average hides heads that act only sometimes. Attention is not use: only a confirmed cause says that the output needs it. Score: excess over chance or mean weight, 0 to 1. Needed: threshold of the first criterion. Null: mean under the strongest null, in units of the mean. q: after Benjamini and Hochberg.</source>
        <translation>Namen hängen vom Text ab. Ein Mittel verbirgt Köpfe, die nur manchmal handeln. Attention ist nicht Nutzung: Nur eine bestätigte Ursache sagt, dass die Ausgabe sie braucht. Wert: Überschuss über Zufall oder mittleres Gewicht, 0 bis 1. Nötig: Schwelle des ersten Kriteriums. Null: Mittel unter der stärksten Nullverteilung, in Einheiten des Mittels. q: nach Benjamini und Hochberg.</translation>
    </message>
    <message>
        <source>Rows counted by norms: shares of what a head writes (Kobayashi et al. 2020)</source>
        <translation>Zeilen nach Normen gezählt: Anteile an dem, was ein Kopf schreibt (Kobayashi u. a. 2020)</translation>
    </message>
    <message>
        <source>Rows counted by attention weights</source>
        <translation>Zeilen nach Attention-Gewichten gezählt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelStore</name>
    <message>
        <source>note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelSummary</name>
    <message>
        <source>Mean %1, held against %2: %3</source>
        <translation>Mittel %1, gemessen an „%2“: %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>p = %1, q = %2 after correction</source>
        <translation>p = %1, q = %2 nach Korrektur</translation>
    </message>
    <message>
        <source>odd passages %1, even passages %2</source>
        <translation>ungerade Passagen %1, gerade Passagen %2</translation>
    </message>
    <message>
        <source>All scores …</source>
        <translation>Alle Werte …</translation>
    </message>
    <message>
        <source>Your label and note …</source>
        <translation>Eigener Name und Notiz …</translation>
    </message>
    <message>
        <source>Labels explain %1 % of its attention.</source>
        <translation>Die Namen erklären %1 % seiner Attention.</translation>
    </message>
    <message>
        <source>Also: %1</source>
        <translation>Auch: %1</translation>
    </message>
    <message>
        <source>Your label: %1</source>
        <translation>Ihr Name: %1</translation>
    </message>
    <message>
        <source>Also tested: %1 no</source>
        <translation>Auch geprüft: %1 nein</translation>
    </message>
    <message>
        <source>Also tested: %1 unclear</source>
        <translation>Auch geprüft: %1 unklar</translation>
    </message>
    <message>
        <source>Also tested: %1 no, %2 unclear</source>
        <translation>Auch geprüft: %1 nein, %2 unklar</translation>
    </message>
    <message>
        <source>%1 not found, %2 with too little evidence either way</source>
        <translation>%1 nicht gefunden, %2 mit zu wenig Belegen für ein Ja oder Nein</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelWords</name>
    <message>
        <source>sentence</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>paragraph</source>
        <translation>Absatz</translation>
    </message>
    <message>
        <source>quotation</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>special tokens</source>
        <translation>Sondertokens</translation>
    </message>
    <message>
        <source>punctuation</source>
        <translation>Satzzeichen</translation>
    </message>
    <message>
        <source>line breaks</source>
        <translation>Zeilenumbrüche</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>Ziffern</translation>
    </message>
    <message>
        <source>word continuations</source>
        <translation>Wortfortsetzungen</translation>
    </message>
    <message>
        <source>one word</source>
        <translation>ein Wort</translation>
    </message>
    <message>
        <source>Almost always</source>
        <translation>fast immer</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>meistens</translation>
    </message>
    <message>
        <source>Often</source>
        <translation>oft</translation>
    </message>
    <message>
        <source>What it reads there adds next to nothing to the output.</source>
        <translation>Was er dort liest, trägt fast nichts zur Ausgabe bei.</translation>
    </message>
    <message>
        <source>Makes the tokens that it reads more likely as output.</source>
        <translation>Macht die Tokens, die er liest, als Ausgabe wahrscheinlicher.</translation>
    </message>
    <message>
        <source>Its queries match keys of the same token.</source>
        <translation>Seine Queries passen zu Keys desselben Tokens.</translation>
    </message>
    <message>
        <source>Moves from an item to the next in its order, as from Monday to Tuesday.</source>
        <translation>Geht von einem Glied zum nächsten seiner Reihe, wie von Montag zu Dienstag.</translation>
    </message>
    <message>
        <source>Makes the tokens that it reads less likely as output.</source>
        <translation>Macht die Tokens, die er liest, als Ausgabe unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Recalls the neighbours of an earlier context, forward more than backward.</source>
        <translation>Ruft die Nachbarn eines früheren Zusammenhangs ab, vorwärts stärker als rückwärts.</translation>
    </message>
    <message>
        <source>Looks at what followed most often before.</source>
        <translation>Schaut auf das, was zuvor am häufigsten folgte.</translation>
    </message>
    <message>
        <source>Steps through a repeated pattern.</source>
        <translation>Geht ein wiederholtes Muster Schritt für Schritt durch.</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>First token (sink)</source>
        <translation>Erstes Token (Senke)</translation>
    </message>
    <message>
        <source>One kind of token</source>
        <translation>Eine Tokenart</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>Satzzeichen</translation>
    </message>
    <message>
        <source>Previous token</source>
        <translation>Voriges Token</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>Nächstes Token</translation>
    </message>
    <message>
        <source>Other fixed distance</source>
        <translation>Anderer fester Abstand</translation>
    </message>
    <message>
        <source>Local window</source>
        <translation>Nahes Fenster</translation>
    </message>
    <message>
        <source>Broad</source>
        <translation>Breit</translation>
    </message>
    <message>
        <source>Subword</source>
        <translation>Wortteil</translation>
    </message>
    <message>
        <source>Own segment</source>
        <translation>Eigener Abschnitt</translation>
    </message>
    <message>
        <source>Rare word</source>
        <translation>Seltenes Wort</translation>
    </message>
    <message>
        <source>Syntax</source>
        <translation>Syntax</translation>
    </message>
    <message>
        <source>Translation alignment</source>
        <translation>Übersetzungszuordnung</translation>
    </message>
    <message>
        <source>Induction</source>
        <translation>Induktion</translation>
    </message>
    <message>
        <source>Duplicate token</source>
        <translation>Doppeltes Token</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Abruf</translation>
    </message>
    <message>
        <source>No-op</source>
        <translation>Ohne Wirkung</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>QK matching</source>
        <translation>QK-Passung</translation>
    </message>
    <message>
        <source>Successor</source>
        <translation>Nachfolger</translation>
    </message>
    <message>
        <source>Copy suppression</source>
        <translation>Kopierunterdrückung</translation>
    </message>
    <message>
        <source>CMR-like recall</source>
        <translation>CMR-artiger Abruf</translation>
    </message>
    <message>
        <source>Statistical induction</source>
        <translation>Statistische Induktion</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>%1 tokens back</source>
        <translation>%1 Tokens zurück</translation>
    </message>
    <message>
        <source>%1 tokens ahead</source>
        <translation>%1 Tokens voraus</translation>
    </message>
    <message>
        <source>Column: %1</source>
        <translation>Spalte: %1</translation>
    </message>
    <message>
        <source>Syntax: %1</source>
        <translation>Syntax: %1</translation>
    </message>
    <message>
        <source>Not labelled</source>
        <translation>Nicht benannt</translation>
    </message>
    <message>
        <source>Too little evidence</source>
        <translation>Zu wenig Belege</translation>
    </message>
    <message>
        <source>No label yet</source>
        <translation>Noch kein Name</translation>
    </message>
    <message>
        <source>%1 looks at the token just before.</source>
        <translation>Schaut %1 auf das Token davor.</translation>
    </message>
    <message>
        <source>%1 looks at the token just after.</source>
        <translation>Schaut %1 auf das Token danach.</translation>
    </message>
    <message>
        <source>%1 looks %2 tokens back.</source>
        <translation>Schaut %1 %2 Tokens zurück.</translation>
    </message>
    <message>
        <source>%1 looks %2 tokens ahead.</source>
        <translation>Schaut %1 %2 Tokens voraus.</translation>
    </message>
    <message>
        <source>%1 looks at the token itself.</source>
        <translation>Schaut %1 auf das Token selbst.</translation>
    </message>
    <message>
        <source>%1 stays within the last few tokens.</source>
        <translation>Bleibt %1 bei den letzten paar Tokens.</translation>
    </message>
    <message>
        <source>Spreads its attention almost evenly over what it can see.</source>
        <translation>Verteilt seine Attention fast gleichmäßig auf alles, was er sieht.</translation>
    </message>
    <message>
        <source>%1 looks at other pieces of the same word.</source>
        <translation>Schaut %1 auf andere Teile desselben Wortes.</translation>
    </message>
    <message>
        <source>%1 stays inside the same %2.</source>
        <translation>Bleibt %1 im selben Abschnitt (%2).</translation>
    </message>
    <message>
        <source>%1 looks at the rarest token that it can see.</source>
        <translation>Schaut %1 auf das seltenste Token, das er sieht.</translation>
    </message>
    <message>
        <source>%1 follows the relation %2.</source>
        <translation>Folgt %1 der Relation %2.</translation>
    </message>
    <message>
        <source>%1 looks at the word that this one translates.</source>
        <translation>Schaut %1 auf das Wort, das dieses übersetzt.</translation>
    </message>
    <message>
        <source>%1 looks at the token that followed the last occurrence of this one.</source>
        <translation>Schaut %1 auf das Token, das auf das letzte Vorkommen dieses Tokens folgte.</translation>
    </message>
    <message>
        <source>%1 looks at earlier occurrences of this token.</source>
        <translation>Schaut %1 auf frühere Vorkommen dieses Tokens.</translation>
    </message>
    <message>
        <source>%1 looks at the place in the text that it is copying from.</source>
        <translation>Schaut %1 auf die Stelle im Text, von der er abschreibt.</translation>
    </message>
    <message>
        <source>%1 rests on the first token.</source>
        <translation>Ruht %1 auf dem ersten Token.</translation>
    </message>
    <message>
        <source>%1 rests on one kind of token: %2.</source>
        <translation>Ruht %1 auf einer Tokenart: %2.</translation>
    </message>
    <message>
        <source>%1 looks at punctuation.</source>
        <translation>Schaut %1 auf Satzzeichen.</translation>
    </message>
    <message>
        <source>its interval reaches the null</source>
        <translation>sein Intervall reicht bis zur Nullverteilung</translation>
    </message>
    <message>
        <source>it holds on only one half of the passages</source>
        <translation>es gilt nur für eine Hälfte der Passagen</translation>
    </message>
    <message>
        <source>it holds on neither half of the passages alone</source>
        <translation>es gilt für keine Hälfte der Passagen allein</translation>
    </message>
    <message>
        <source>the corrected test gives q = %1</source>
        <translation>der korrigierte Test ergibt q = %1</translation>
    </message>
    <message>
        <source>Nearest: %1, score %2</source>
        <translation>Am nächsten: %1, Wert %2</translation>
    </message>
    <message>
        <source>Perhaps %1: strong enough, but %2.</source>
        <translation>Vielleicht %1: stark genug, aber %2.</translation>
    </message>
    <message>
        <source>No label so far; not everything has run.</source>
        <translation>Bisher kein Name; noch ist nicht alles gelaufen.</translation>
    </message>
    <message>
        <source>Too little evidence to say either way: %1 passages, %2 rows.</source>
        <translation>Zu wenig Belege für ein Ja oder Nein: %1 Passagen, %2 Zeilen.</translation>
    </message>
    <message>
        <source>Too little evidence to say either way: %1 of %2 passages, %3 of %4 rows.</source>
        <translation>Zu wenig Belege für ein Ja oder Nein: %1 von %2 Passagen, %3 von %4 Zeilen.</translation>
    </message>
    <message>
        <source>Not labelled: nothing it does is strong and regular enough to name.</source>
        <translation>Nicht benannt: Nichts, was er tut, ist stark und regelmäßig genug dafür.</translation>
    </message>
    <message>
        <source>awarded</source>
        <translation>vergeben</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>too little evidence</source>
        <translation>zu wenig Belege</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Pattern only: without this attention nothing measurable changes.</source>
        <translation>Nur Muster: Ohne diese Attention ändert sich nichts Messbares.</translation>
    </message>
    <message>
        <source>Cause not checked.</source>
        <translation>Ursache nicht geprüft.</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>uniform attention</source>
        <translation>gleichmäßige Attention</translation>
    </message>
    <message>
        <source>its own distance profile</source>
        <translation>sein eigenes Abstandsprofil</translation>
    </message>
    <message>
        <source>shuffled annotation</source>
        <translation>vertauschte Annotation</translation>
    </message>
    <message>
        <source>the model with random weights</source>
        <translation>das Modell mit Zufallsgewichten</translation>
    </message>
    <message>
        <source>random tokens</source>
        <translation>Zufallstokens</translation>
    </message>
    <message>
        <source>shuffled weights</source>
        <translation>vertauschte Gewichte</translation>
    </message>
    <message>
        <source>the threshold itself</source>
        <translation>die Schwelle selbst</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>synthetic sequences</source>
        <translation>künstliche Folgen</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>%1 passages, %2 rows</source>
        <translation>%1 Passagen, %2 Zeilen</translation>
    </message>
    <message>
        <source>%1 synthetic sequences, %2 rows</source>
        <translation>%1 künstliche Folgen, %2 Zeilen</translation>
    </message>
    <message>
        <source>from the weights alone</source>
        <translation>allein aus den Gewichten</translation>
    </message>
    <message>
        <source>too few passages for the test</source>
        <translation>zu wenige Passagen für den Test</translation>
    </message>
    <message>
        <source>does not apply to this model</source>
        <translation>trifft auf dieses Modell nicht zu</translation>
    </message>
    <message>
        <source>the model&apos;s context is too short</source>
        <translation>der Kontext des Modells ist zu kurz</translation>
    </message>
    <message>
        <source>needs a tokeniser</source>
        <translation>braucht einen Tokenizer</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>Sich selbst</translation>
    </message>
    <message>
        <source>Passage %1</source>
        <translation>Passage %1</translation>
    </message>
    <message>
        <source>%1, passage %2</source>
        <translation>%1, Passage %2</translation>
    </message>
    <message>
        <source>%1, label score</source>
        <translation>%1, Wert des Namens</translation>
    </message>
    <message>
        <source>Explained attention</source>
        <translation>Erklärte Attention</translation>
    </message>
    <message>
        <source>Share on content</source>
        <translation>Anteil auf Inhalt</translation>
    </message>
    <message>
        <source>needs a text</source>
        <translation>braucht einen Text</translation>
    </message>
    <message>
        <source>needs more than one layer</source>
        <translation>braucht mehr als eine Schicht</translation>
    </message>
    <message>
        <source>the vocabulary is too small</source>
        <translation>das Vokabular ist zu klein</translation>
    </message>
    <message>
        <source>needs a model that looks back only</source>
        <translation>braucht ein Modell, das nur zurückblickt</translation>
    </message>
    <message>
        <source>this model cannot look ahead</source>
        <translation>dieses Modell kann nicht vorausblicken</translation>
    </message>
    <message>
        <source>needs a model that can run text</source>
        <translation>braucht ein Modell, das Text ausführen kann</translation>
    </message>
    <message>
        <source>needs attention weights, which this file lacks</source>
        <translation>braucht Attention-Gewichte; dieser Datei fehlen sie</translation>
    </message>
    <message>
        <source>needs output weights, which this file lacks</source>
        <translation>braucht Ausgabegewichte; dieser Datei fehlen sie</translation>
    </message>
    <message>
        <source>needs the token embedding, which this file lacks</source>
        <translation>braucht die Token-Embedding-Matrix; dieser Datei fehlt sie</translation>
    </message>
    <message>
        <source>needs learned positions</source>
        <translation>braucht gelernte Positionen</translation>
    </message>
    <message>
        <source>needs learned positions; this model turns queries and keys instead (rotary)</source>
        <translation>braucht gelernte Positionen; dieses Modell dreht stattdessen Querys und Keys (rotary)</translation>
    </message>
    <message>
        <source>the vocabulary has no numbers, days or months of one token</source>
        <translation>das Vokabular hat keine Zahlen, Tage oder Monate aus einem Token</translation>
    </message>
    <message>
        <source>the model&apos;s context gives room for %1 tokens; %2 are needed</source>
        <translation>der Kontext des Modells bietet Platz für %1 Tokens; %2 sind nötig</translation>
    </message>
    <message>
        <source>the vocabulary has %1 usable tokens; %2 are needed</source>
        <translation>das Vokabular hat %1 brauchbare Tokens; %2 sind nötig</translation>
    </message>
    <message>
        <source>no next-token score: %1</source>
        <translation>kein Wert für das nächste Token: %1</translation>
    </message>
    <message>
        <source>not named: the nearby attention is one fixed distance</source>
        <translation>nicht vergeben: die nahe Attention ist ein fester Abstand</translation>
    </message>
    <message>
        <source>not named: the attention rests neither on the first token nor on one kind of token</source>
        <translation>nicht vergeben: die Attention ruht weder auf dem ersten Token noch auf einer Tokenart</translation>
    </message>
    <message>
        <source>%1 items with a successor found in the vocabulary</source>
        <translation>%1 Elemente mit einem Nachfolger im Vokabular gefunden</translation>
    </message>
    <message>
        <source>the model itself answers only %1 of %2 sequences, so nothing can be said about who copies the answers</source>
        <translation>das Modell selbst beantwortet nur %1 von %2 Folgen, also lässt sich nicht sagen, wer die Antworten kopiert</translation>
    </message>
    <message>
        <source>measured on %1 of %2 tokens of the vocabulary, drawn with the seed</source>
        <translation>gemessen an %1 von %2 Tokens des Vokabulars, mit dem Startwert gezogen</translation>
    </message>
    <message>
        <source>measured on the embedding as it is: there is no first MLP to pass it through</source>
        <translation>gemessen am Embedding, wie es ist: es gibt kein erstes MLP, durch das es ginge</translation>
    </message>
    <message>
        <source>measured as if query and key stood at the same place (rotary positions)</source>
        <translation>gemessen, als stünden Query und Key am selben Platz (rotary-Positionen)</translation>
    </message>
    <message>
        <source>some other token</source>
        <translation>ein anderes Token</translation>
    </message>
    <message>
        <source>Nearest: %1, %2</source>
        <translation>Am nächsten: %1, %2</translation>
    </message>
    <message>
        <source>Not labelled: only its weights were read, and what a head looks at shows on text or made sequences alone.</source>
        <translation>Nicht benannt: nur die Gewichte wurden gelesen, und wohin ein Kopf blickt, zeigt sich erst an Text oder künstlichen Folgen.</translation>
    </message>
    <message>
        <source>sample corpus</source>
        <translation>Beispielkorpus</translation>
    </message>
    <message>
        <source>q = %1</source>
        <translation>q = %1</translation>
    </message>
    <message>
        <source>halves %1, %2</source>
        <translation>Hälften %1, %2</translation>
    </message>
    <message>
        <source>content view, %1 % of the attention</source>
        <translation>Inhaltssicht, %1 % der Attention</translation>
    </message>
    <message>
        <source>raw view</source>
        <translation>Rohsicht</translation>
    </message>
    <message>
        <source>by norms</source>
        <translation>nach Normen</translation>
    </message>
    <message>
        <source>%1 %2, at most %3 allowed</source>
        <translation>%1 %2, höchstens %3 erlaubt</translation>
    </message>
    <message>
        <source>%1 %2 of %3 needed</source>
        <translation>%1 %2 von %3 nötig</translation>
    </message>
    <message>
        <source>%1 of %2 passages</source>
        <translation>%1 von %2 Passagen</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Passagen</translation>
    </message>
    <message>
        <source>%1, at most %2</source>
        <translation>%1, höchstens %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 Nats</translation>
    </message>
    <message>
        <source>%1 of the residual stream</source>
        <translation>%1 des Residualstroms</translation>
    </message>
    <message>
        <source> (difference %1 to %2)</source>
        <translation> (Unterschied %1 bis %2)</translation>
    </message>
    <message>
        <source>Cause confirmed: without this attention the output changes by %1, more than without as much of another head&apos;s%2.</source>
        <translation>Ursache bestätigt: Ohne diese Attention ändert sich die Ausgabe um %1, mehr als ohne ebenso viel von einem anderen Kopf%2.</translation>
    </message>
    <message>
        <source>Pattern only: without this attention the output changes by %1, not clearly more than without as much of another head&apos;s%2.</source>
        <translation>Nur Muster: Ohne diese Attention ändert sich die Ausgabe um %1, nicht deutlich mehr als ohne ebenso viel von einem anderen Kopf%2.</translation>
    </message>
    <message>
        <source>%1 of %2 passages were read, spread evenly: the work set for text (trust.text-work) pays for no more at this size of model; a number of passages that you ask for is read in full</source>
        <translation>%1 von %2 Passagen wurden gelesen, gleichmäßig verteilt: Mehr bezahlt die für Text gesetzte Arbeit (trust.text-work) bei dieser Modellgröße nicht; eine verlangte Zahl von Passagen wird ganz gelesen</translation>
    </message>
    <message>
        <source>%1 of %2 synthetic sequences were run: the work set for them (trust.made-work) pays for no more at this size of model</source>
        <translation>%1 von %2 künstlichen Folgen wurden gerechnet: Mehr bezahlt die dafür gesetzte Arbeit (trust.made-work) bei dieser Modellgröße nicht</translation>
    </message>
    <message>
        <source>measured without each of %1 of the %2 heads whose label reads earlier context, the best first; other heads have no such number</source>
        <translation>gemessen ohne je einen von %1 der %2 Köpfe, deren Name früheren Kontext liest, die besten zuerst; andere Köpfe haben diese Zahl nicht</translation>
    </message>
    <message>
        <source>%1 of %2 labels were checked, in %3 passages each where %4 are wanted: the work set for it (attention-knockout.work) pays for no more at this size of model</source>
        <translation>%1 von %2 Namen wurden geprüft, in je %3 Passagen, wo %4 gewünscht sind: Mehr bezahlt die dafür gesetzte Arbeit (attention-knockout.work) bei dieser Modellgröße nicht</translation>
    </message>
    <message>
        <source>too little evidence: %1</source>
        <translation>zu wenig Belege: %1</translation>
    </message>
    <message>
        <source>measured without the bias that scores get for distance (ALiBi)</source>
        <translation>gemessen ohne den Zuschlag, den Scores für den Abstand bekommen (ALiBi)</translation>
    </message>
    <message>
        <source>measured as if queries and keys were not clipped</source>
        <translation>gemessen, als würden Queries und Keys nicht begrenzt</translation>
    </message>
    <message>
        <source>measured with the gain alone of the norm that attention writes through</source>
        <translation>gemessen nur mit der Verstärkung der Norm, durch die Attention schreibt</translation>
    </message>
    <message>
        <source>measured as if queries and keys were not normed</source>
        <translation>gemessen, als würden Queries und Keys nicht normiert</translation>
    </message>
    <message>
        <source>needs an output that reads the stream itself, not through a layer of its own</source>
        <translation>braucht eine Ausgabe, die den Strom selbst liest, nicht durch eine eigene Schicht</translation>
    </message>
    <message>
        <source>needs embeddings as wide as the stream, not widened after a norm</source>
        <translation>braucht Embeddings so breit wie der Strom, nicht nach einer Norm verbreitert</translation>
    </message>
    <message>
        <source>measured without what scores get for the distance of query and key</source>
        <translation>gemessen ohne das, was Scores für den Abstand von Query und Key bekommen</translation>
    </message>
    <message>
        <source>measured as if latent rows were not normed</source>
        <translation>gemessen, als wären die latenten Zeilen nicht normiert</translation>
    </message>
</context>
<context>
    <name>hs::ui::LabelsFeature</name>
    <message>
        <source>&amp;Label heads …</source>
        <translation>K&amp;öpfe benennen …</translation>
    </message>
    <message>
        <source>Cancel la&amp;belling</source>
        <translation>Benennen abbrec&amp;hen</translation>
    </message>
    <message>
        <source>Your &amp;label and note …</source>
        <translation>Eigener &amp;Name und Notiz …</translation>
    </message>
    <message>
        <source>All &amp;scores of this head …</source>
        <translation>Alle &amp;Werte dieses Kopfes …</translation>
    </message>
    <message>
        <source>T&amp;wo scores of all heads …</source>
        <translation>&amp;Zwei Werte aller Köpfe …</translation>
    </message>
    <message>
        <source>scatter plot; correlation</source>
        <translation>Streudiagramm; Korrelation; scatter plot</translation>
    </message>
    <message>
        <source>Export la&amp;bel report …</source>
        <translation>&amp;Namensbericht exportieren …</translation>
    </message>
    <message>
        <source>Export label report</source>
        <translation>Namensbericht exportieren</translation>
    </message>
    <message>
        <source>Report (*.pdf)</source>
        <translation>Bericht (*.pdf)</translation>
    </message>
    <message>
        <source>Numbers (*.csv)</source>
        <translation>Zahlen (*.csv)</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 geschrieben</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etiketten</translation>
    </message>
</context>
<context>
    <name>hs::ui::LookCommands</name>
    <message>
        <source>&amp;Words instead of tokens</source>
        <translation>&amp;Wörter statt Tokens</translation>
    </message>
    <message>
        <source>&amp;Crosshair and profiles</source>
        <translation>&amp;Fadenkreuz und Profile</translation>
    </message>
    <message>
        <source>&amp;Logarithmic colours</source>
        <translation>&amp;Logarithmische Farben</translation>
    </message>
    <message>
        <source>&amp;Stretch each row</source>
        <translation>Jede &amp;Zeile strecken</translation>
    </message>
    <message>
        <source>Hide &amp;sink (first token)</source>
        <translation>&amp;Sink ausblenden (erstes Token)</translation>
    </message>
    <message>
        <source>C&amp;olour map</source>
        <translation>Fa&amp;rbskala</translation>
    </message>
    <message>
        <source>Attention (blue from paper)</source>
        <translation>Attention (Weiß nach Blau)</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Difference (diverging)</source>
        <translation>Differenz (divergierend)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light or &amp;dark</source>
        <translation>Hell oder d&amp;unkel</translation>
    </message>
</context>
<context>
    <name>hs::ui::LossMeasuring</name>
    <message>
        <source>Switch heads off, one by one</source>
        <translation>Köpfe einzeln ausschalten</translation>
    </message>
</context>
<context>
    <name>hs::ui::LossTextView</name>
    <message>
        <source>Change of each token&apos;s loss</source>
        <translation>Änderung des Verlusts jedes Tokens</translation>
    </message>
    <message>
        <source>token %1 “%2”</source>
        <translation>Token %1 „%2“</translation>
    </message>
    <message>
        <source>nothing predicts it</source>
        <translation>nichts sagt es vorher</translation>
    </message>
    <message>
        <source>loss %1 → %2</source>
        <translation>Verlust %1 → %2</translation>
    </message>
    <message>
        <source>change %1 nats</source>
        <translation>Änderung %1 Nats</translation>
    </message>
</context>
<context>
    <name>hs::ui::MainWindow</name>
    <message>
        <source>Autosave failed: %1</source>
        <translation>Automatisches Speichern misslungen: %1</translation>
    </message>
    <message>
        <source>HeadScope did not close properly last time</source>
        <translation>HeadScope wurde zuletzt nicht richtig beendet</translation>
    </message>
    <message>
        <source>Start clean</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>prompts: %1</source>
        <translation>Prompts: %1</translation>
    </message>
    <message>
        <source>interventions: %1</source>
        <translation>Eingriffe: %1</translation>
    </message>
    <message>
        <source>notes: %1</source>
        <translation>Notizen: %1</translation>
    </message>
    <message>
        <source>Nothing of it was kept that could be opened again.</source>
        <translation>Davon wurde nichts behalten, was wieder geöffnet werden könnte.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What was kept of it (%1) is open again: %2. What came later is lost.</source>
        <translation>Was davon behalten wurde (%1), ist wieder offen: %2. Was danach kam, ist verloren.</translation>
    </message>
    <message>
        <source>What was kept of it (%1): %2.</source>
        <translation>Was davon behalten wurde (%1): %2.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>hs::ui::MapModel</name>
    <message>
        <source>first key left out</source>
        <translation>ohne ersten Key</translation>
    </message>
    <message>
        <source>first key left out, rows rescaled</source>
        <translation>ohne ersten Key, Zeilen auf 1 gebracht</translation>
    </message>
    <message>
        <source>words: mean over their tokens</source>
        <translation>Wörter: Mittel über ihre Tokens</translation>
    </message>
    <message>
        <source>words: sum over keys, mean over queries</source>
        <translation>Wörter: Summe über Keys, Mittel über Querys</translation>
    </message>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
    <message>
        <source>Map overviews</source>
        <translation>Kartenübersichten</translation>
    </message>
</context>
<context>
    <name>hs::ui::MatrixView</name>
    <message>
        <source>Matrix of heads</source>
        <translation>Matrix der Köpfe</translation>
    </message>
    <message>
        <source>from random</source>
        <translation>ab Zufall</translation>
    </message>
</context>
<context>
    <name>hs::ui::MeasureWords</name>
    <message>
        <source>Projection Kernel</source>
        <translation>Projection Kernel</translation>
    </message>
    <message>
        <source>Composition Score</source>
        <translation>Composition Score</translation>
    </message>
    <message>
        <source>Simple Composition Score</source>
        <translation>Einfacher Composition Score</translation>
    </message>
    <message>
        <source>Linear CKA of weights</source>
        <translation>Lineare CKA der Gewichte</translation>
    </message>
    <message>
        <source>Procrustes similarity</source>
        <translation>Procrustes-Ähnlichkeit</translation>
    </message>
    <message>
        <source>JS distance</source>
        <translation>JS-Abstand</translation>
    </message>
    <message>
        <source>Jensen–Shannon distance of patterns</source>
        <translation>Jensen-Shannon-Abstand der Muster</translation>
    </message>
    <message>
        <source>How far their attention patterns lie apart: 0 is the same, 1 shares nothing</source>
        <translation>Wie weit ihre Attention-Muster auseinanderliegen: 0 ist gleich, 1 teilt nichts</translation>
    </message>
    <message>
        <source>Output CKA</source>
        <translation>Ausgabe-CKA</translation>
    </message>
    <message>
        <source>Linear CKA of head outputs</source>
        <translation>Lineare CKA der Kopfausgaben</translation>
    </message>
    <message>
        <source>How alike what they write is, over all tokens</source>
        <translation>Wie ähnlich ist, was sie schreiben, über alle Tokens</translation>
    </message>
</context>
<context>
    <name>hs::ui::MiniChart</name>
    <message>
        <source>%1 values, largest %2</source>
        <translation>%1 Werte, größter %2</translation>
    </message>
    <message>
        <source>top %1</source>
        <translation>max. %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::MiniMap</name>
    <message>
        <source>Mini-map</source>
        <translation>Minikarte</translation>
    </message>
    <message>
        <source>The whole map; each pixel is the largest cell under it, its colour by the power 0.7. Drag the frame.</source>
        <translation>Die ganze Karte; jedes Pixel ist die größte Zelle darunter, seine Farbe nach der Potenz 0,7. Den Rahmen ziehen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::ModelChip</name>
    <message>
        <source>matches reference, max %1</source>
        <translation>wie Referenz, max. %1</translation>
    </message>
    <message>
        <source>differs from reference, max %1</source>
        <translation>weicht von Referenz ab, max. %1</translation>
    </message>
    <message>
        <source>other tokens than the reference</source>
        <translation>andere Tokens als die Referenz</translation>
    </message>
    <message>
        <source>no reference</source>
        <translation>keine Referenz</translation>
    </message>
    <message>
        <source>%1 × %2 heads · %3</source>
        <translation>%1 × %2 Köpfe · %3</translation>
    </message>
    <message>
        <source>partial file</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>attention only · %1 × %2 heads</source>
        <translation>nur Attention · %1 × %2 Köpfe</translation>
    </message>
    <message>
        <source>attention only</source>
        <translation>nur Attention</translation>
    </message>
    <message>
        <source>No model open</source>
        <translation>Kein Modell offen</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>steht aus</translation>
    </message>
    <message>
        <source>Open a model with Ctrl+O, or drop a file here</source>
        <translation>Modell mit Strg+O öffnen oder eine Datei hier ablegen</translation>
    </message>
    <message>
        <source>%1
%2%3
SHA-256: %4
Click: tensors, configuration, comparison with the reference</source>
        <translation>%1
%2%3
SHA-256: %4
Klick: Tensoren, Konfiguration, Vergleich mit der Referenz</translation>
    </message>
    <message>
        <source> · you said %1 heads</source>
        <translation> · Ihre Angabe: %1 Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::ModelDialog</name>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>layout %1 · %2 · weights %3</source>
        <translation>Layout %1 · %2 · Gewichte %3</translation>
    </message>
    <message>
        <source>SHA-256 %1</source>
        <translation>SHA-256 %1</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>steht aus</translation>
    </message>
    <message>
        <source>Tokeniser: %1</source>
        <translation>Tokenizer: %1</translation>
    </message>
    <message>
        <source>No tokeniser: token ids only</source>
        <translation>Kein Tokenizer: nur Token-IDs</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>Es fehlt: %1</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Namen filtern</translation>
    </message>
    <message>
        <source>%1 tensors, %2 numbers</source>
        <translation>%1 Tensoren, %2 Zahlen</translation>
    </message>
    <message>
        <source>Open again with these values</source>
        <translation>Mit diesen Werten neu öffnen</translation>
    </message>
    <message>
        <source>Double-click a value to change it.</source>
        <translation>Doppelklick auf einen Wert, um ihn zu ändern.</translation>
    </message>
    <message>
        <source>Guessed, please check: %1</source>
        <translation>Vermutet, bitte prüfen: %1</translation>
    </message>
    <message>
        <source>Change a value first</source>
        <translation>Erst einen Wert ändern</translation>
    </message>
    <message>
        <source>There is nothing to compare with: no reference.h5 lies beside the model.
A reference holds prompts with the logits and attention that another program computed.</source>
        <translation>Es gibt nichts zum Vergleichen: Neben dem Modell liegt keine reference.h5.
Eine Referenz enthält Prompts mit Logits und Attention, die ein anderes Programm berechnet hat.</translation>
    </message>
    <message>
        <source>This file cannot run text, so nothing can be compared.</source>
        <translation>Diese Datei kann keinen Text rechnen, also lässt sich nichts vergleichen.</translation>
    </message>
    <message>
        <source>not in the reference</source>
        <translation>nicht in der Referenz</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Erzeugt mit</translation>
    </message>
    <message>
        <source>Prompts compared</source>
        <translation>Verglichene Prompts</translation>
    </message>
    <message>
        <source>Token ids</source>
        <translation>Token-IDs</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>different</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>Largest difference of logits</source>
        <translation>Größte Differenz der Logits</translation>
    </message>
    <message>
        <source>%1 (allowed %2)</source>
        <translation>%1 (erlaubt %2)</translation>
    </message>
    <message>
        <source>Largest difference of attention</source>
        <translation>Größte Differenz der Attention</translation>
    </message>
    <message>
        <source>; asked for by the configuration and not there: %1</source>
        <translation>; von der Konfiguration verlangt, aber nicht da: %1</translation>
    </message>
    <message>
        <source>Values changed: %1. The file itself stays as it is.</source>
        <translation>Geänderte Werte: %1. Die Datei selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Tokeniser: in the file</source>
        <translation>Tokenizer: in der Datei</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::NearestCircle</name>
    <message>
        <source>Nearest heads</source>
        <translation>Nächste Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::NodeTable</name>
    <message>
        <source>Heads of the graph</source>
        <translation>Köpfe des Graphen</translation>
    </message>
</context>
<context>
    <name>hs::ui::NodesModel</name>
    <message>
        <source>Letters of the head&apos;s label, or of its classes</source>
        <translation>Buchstaben des Etiketts oder der Klassen des Kopfes</translation>
    </message>
    <message>
        <source>Sum of values above chance over the edges drawn into the head</source>
        <translation>Summe der Werte über dem Zufall über die gezeichneten Kanten in den Kopf</translation>
    </message>
    <message>
        <source>Sum of values above chance over the edges drawn out of the head</source>
        <translation>Summe der Werte über dem Zufall über die gezeichneten Kanten aus dem Kopf</translation>
    </message>
    <message>
        <source>Sum of values above chance over all pairs into the head, drawn or not</source>
        <translation>Summe der Werte über dem Zufall über alle Paare in den Kopf, gezeichnet oder nicht</translation>
    </message>
    <message>
        <source>Sum of values above chance over all pairs out of the head, drawn or not</source>
        <translation>Summe der Werte über dem Zufall über alle Paare aus dem Kopf, gezeichnet oder nicht</translation>
    </message>
    <message>
        <source>Along the edges: heads that read from many</source>
        <translation>Entlang der Kanten: Köpfe, die von vielen lesen</translation>
    </message>
    <message>
        <source>Against the edges: heads that feed many</source>
        <translation>Gegen die Kanten: Köpfe, die viele speisen</translation>
    </message>
    <message>
        <source>Shortest paths between other heads that lead through this one</source>
        <translation>Kürzeste Wege zwischen anderen Köpfen, die durch diesen führen</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Str. in</source>
        <translation>St. ein</translation>
    </message>
    <message>
        <source>Str. out</source>
        <translation>St. aus</translation>
    </message>
    <message>
        <source>All in</source>
        <translation>Alle ein</translation>
    </message>
    <message>
        <source>All out</source>
        <translation>Alle aus</translation>
    </message>
    <message>
        <source>PageRank</source>
        <translation>PageRank</translation>
    </message>
    <message>
        <source>Reversed</source>
        <translation>Umgekehrt</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>Zwischen</translation>
    </message>
</context>
<context>
    <name>hs::ui::NoteDialog</name>
    <message>
        <source>Your label and note for L%1 H%2</source>
        <translation>Eigener Name und Notiz für L%1 H%2</translation>
    </message>
    <message>
        <source>a few words</source>
        <translation>ein paar Wörter</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Kept in the project file; measured labels stay as they are.</source>
        <translation>Steht in der Projektdatei; gemessene Namen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>hs::ui::NoticeBar</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>hs::ui::Notices</name>
    <message>
        <source>What was open is still open. Nothing was changed.</source>
        <translation>Was offen war, ist noch offen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Datei: %1</translation>
    </message>
    <message>
        <source>Open another …</source>
        <translation>Andere öffnen …</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Show tensors</source>
        <translation>Tensoren zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>hs::ui::NullBar</name>
    <message>
        <source>Score %1, null %2, 95 % interval %3 to %4</source>
        <translation>Wert %1, Null %2, 95-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>Score %1, null %2</source>
        <translation>Wert %1, Null %2</translation>
    </message>
    <message>
        <source>null %1</source>
        <translation>Null %1</translation>
    </message>
    <message>
        <source>95 % %1–%2</source>
        <translation>95 % %1–%2</translation>
    </message>
    <message>
        <source>needed %1</source>
        <translation>nötig %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::Obstacle</name>
    <message>
        <source>This file lacks: %1. So text cannot be run.</source>
        <translation>Dieser Datei fehlt: %1. Darum lässt sich kein Text rechnen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::Opening</name>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>SHA-256 of the file</source>
        <translation>SHA-256 der Datei</translation>
    </message>
    <message>
        <source>Compare with the reference</source>
        <translation>Mit Referenz vergleichen</translation>
    </message>
</context>
<context>
    <name>hs::ui::OverviewFeed</name>
    <message>
        <source>Map overviews</source>
        <translation>Kartenübersichten</translation>
    </message>
</context>
<context>
    <name>hs::ui::PairAnglesStore</name>
    <message>
        <source>Principal angles</source>
        <translation>Hauptwinkel</translation>
    </message>
</context>
<context>
    <name>hs::ui::PairCard</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies these numbers and all cosines</source>
        <translation>Kopiert diese Zahlen und alle Kosinus</translation>
    </message>
    <message>
        <source>Cosines of the principal angles</source>
        <translation>Kosinus der Hauptwinkel</translation>
    </message>
    <message>
        <source>A pair of heads</source>
        <translation>Ein Paar von Köpfen</translation>
    </message>
    <message>
        <source>Click a cell to see all its numbers. Arrow keys move from cell to cell.</source>
        <translation>Ein Klick auf eine Zelle zeigt alle ihre Zahlen. Pfeiltasten gehen von Zelle zu Zelle.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>normalised</source>
        <translation>normiert</translation>
    </message>
    <message>
        <source>chance-corrected</source>
        <translation>zufallsbereinigt</translation>
    </message>
    <message>
        <source>random subspaces</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>above chance, in sd</source>
        <translation>über Zufall, in Std.-Abw.</translation>
    </message>
    <message>
        <source>Not a significance: trained heads are far from random and depend on each other.</source>
        <translation>Keine Signifikanz: trainierte Köpfe sind weit vom Zufall und hängen voneinander ab.</translation>
    </message>
    <message>
        <source>place among all</source>
        <translation>Platz unter allen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>A head with itself.</source>
        <translation>Ein Kopf mit sich selbst.</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>There is no number here.</source>
        <translation>Hier gibt es keine Zahl.</translation>
    </message>
    <message>
        <source>No number: %1.</source>
        <translation>Keine Zahl: %1.</translation>
    </message>
    <message>
        <source>ranks</source>
        <translation>Ränge</translation>
    </message>
    <message>
        <source>conditioning</source>
        <translation>Kondition</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Rechnet …</translation>
    </message>
    <message>
        <source>n/a: %1</source>
        <translation>n. v.: %1</translation>
    </message>
    <message>
        <source>shared above</source>
        <translation>darüber geteilt</translation>
    </message>
    <message>
        <source>%1 of %2 directions shared (cos² above 0.5), largest cosine %3. Sum of cos² is the Projection Kernel: %4; geodesic distance %5, chordal %6.</source>
        <translation>%1 von %2 Richtungen geteilt (cos² über 0.5), größter Kosinus %3. Die Summe der cos² ist der Projection Kernel: %4; geodätischer Abstand %5, Sehnenabstand %6.</translation>
    </message>
</context>
<context>
    <name>hs::ui::PairHistogram</name>
    <message>
        <source>All pairs of heads</source>
        <translation>Alle Paare von Köpfen</translation>
    </message>
    <message>
        <source>%1 pairs</source>
        <translation>%1 Paare</translation>
    </message>
    <message>
        <source>, random level %1</source>
        <translation>, Zufallswert %1</translation>
    </message>
    <message>
        <source>random %1</source>
        <translation>Zufall %1</translation>
    </message>
    <message>
        <source>top %1 begin at %2</source>
        <translation>die stärksten %1 beginnen bei %2</translation>
    </message>
    <message>
        <source>%1; count, log</source>
        <translation>%1; Anzahl, log</translation>
    </message>
</context>
<context>
    <name>hs::ui::PatchView</name>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
</context>
<context>
    <name>hs::ui::PopupList</name>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>hs::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Zooms</source>
        <translation>Zoomt</translation>
    </message>
    <message>
        <source>Scrolls</source>
        <translation>Scrollt</translation>
    </message>
    <message>
        <source>Mouse wheel in maps</source>
        <translation>Mausrad in Karten</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Memory for computed maps</source>
        <translation>Speicher für berechnete Karten</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>alle Kerne</translation>
    </message>
    <message>
        <source>Takes effect at the next start</source>
        <translation>Gilt ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Threads (from the next start)</source>
        <translation>Threads (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Docks and window</source>
        <translation>Docks und Fenster</translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation>Sprache (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source> × 5 s and 1 GiB</source>
        <translation> × 5 s und 1 GiB</translation>
    </message>
    <message>
        <source>An HDF5 file is first looked at by a helper with these limits. Raise them for a big file that you trust.</source>
        <translation>Eine HDF5-Datei sieht sich zuerst ein Hilfsprogramm mit diesen Grenzen an. Heben Sie sie für eine große Datei an, der Sie trauen.</translation>
    </message>
    <message>
        <source>Checking HDF5 files</source>
        <translation>HDF5-Dateien prüfen</translation>
    </message>
    <message>
        <source>Cache folder</source>
        <translation>Cache-Ordner</translation>
    </message>
    <message>
        <source>Beside the model</source>
        <translation>Neben dem Modell</translation>
    </message>
    <message>
        <source>Beside the model, they are in MODEL.analysis.h5; a file of that name that HeadScope did not write is left alone.</source>
        <translation>Neben dem Modell stehen sie in MODELL.analysis.h5; eine Datei dieses Namens, die HeadScope nicht geschrieben hat, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Keep labels</source>
        <translation>Etiketten aufbewahren</translation>
    </message>
    <message>
        <source>At the bottom</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>At the top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>In the atlas, the grid of heads, matrices and exported figures</source>
        <translation>Im Atlas, im Raster der Köpfe, in Matrizen und exportierten Abbildungen</translation>
    </message>
    <message>
        <source>Layer 0 of all heads</source>
        <translation>Schicht 0 aller Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::Project</name>
    <message>
        <source>Sample %1</source>
        <translation>Beispiel %1</translation>
    </message>
    <message>
        <source>switch %1 off</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>switch %1 on</source>
        <translation>%1 einschalten</translation>
    </message>
    <message>
        <source>switch all heads on</source>
        <translation>alle Köpfe einschalten</translation>
    </message>
</context>
<context>
    <name>hs::ui::ProjectKeeper</name>
    <message>
        <source>&amp;Save project</source>
        <translation>Projekt &amp;speichern</translation>
    </message>
    <message>
        <source>Save project &amp;as …</source>
        <translation>Projekt speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>HeadScope project (*.headscope)</source>
        <translation>HeadScope-Projekt (*.headscope)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>hs::ui::PromptCommands</name>
    <message>
        <source>&amp;Run prompt</source>
        <translation>Prompt &amp;ausführen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Edit prompt</source>
        <translation>&amp;Prompt bearbeiten</translation>
    </message>
    <message>
        <source>&amp;New prompt</source>
        <translation>&amp;Neuer Prompt</translation>
    </message>
    <message>
        <source>Re&amp;name prompt …</source>
        <translation>Prompt &amp;umbenennen …</translation>
    </message>
    <message>
        <source>Ne&amp;xt prompt</source>
        <translation>Nä&amp;chster Prompt</translation>
    </message>
    <message>
        <source>&amp;Previous prompt</source>
        <translation>&amp;Voriger Prompt</translation>
    </message>
    <message>
        <source>C&amp;ontinue by 8 tokens</source>
        <translation>Um 8 Tokens &amp;fortsetzen</translation>
    </message>
    <message>
        <source>Rename prompt</source>
        <translation>Prompt umbenennen</translation>
    </message>
    <message>
        <source>Name in the prompt menu</source>
        <translation>Name im Prompt-Menü</translation>
    </message>
    <message>
        <source>&amp;Spell out special tokens</source>
        <translation>Sondertokens aus&amp;schreiben</translation>
    </message>
    <message>
        <source>A prompt needs a model: open one first (Ctrl+O), or drop a file on the window.</source>
        <translation>Ein Prompt braucht ein Modell: erst eines öffnen (Strg+O) oder eine Datei auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>This file cannot run text; a prompt needs the whole model.</source>
        <translation>Diese Datei kann keinen Text ausführen; ein Prompt braucht das ganze Modell.</translation>
    </message>
    <message>
        <source>New prompt: type a sentence and press Enter. The others are in the menu at the end of the field.</source>
        <translation>Neuer Prompt: einen Satz schreiben und Enter drücken. Die anderen stehen im Menü am Ende des Feldes.</translation>
    </message>
    <message>
        <source>Choose from all &amp;tokens …</source>
        <translation>Aus allen &amp;Tokens wählen …</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneAtlasMode</name>
    <message>
        <source>Click: switch off</source>
        <translation>Klick: ausschalten</translation>
    </message>
    <message>
        <source>What a click in the atlas does, and what the cells show</source>
        <translation>Was ein Klick im Atlas tut und was die Zellen zeigen</translation>
    </message>
    <message>
        <source>A click switches heads off and on</source>
        <translation>Ein Klick schaltet Köpfe aus und ein</translation>
    </message>
    <message>
        <source>A click selects a head</source>
        <translation>Ein Klick wählt einen Kopf</translation>
    </message>
    <message>
        <source>Cells show what each head does alone</source>
        <translation>Zellen zeigen, was jeder Kopf allein bewirkt</translation>
    </message>
    <message>
        <source>Cells show attention or the chosen score</source>
        <translation>Zellen zeigen Attention oder den gewählten Wert</translation>
    </message>
    <message>
        <source>Click: select</source>
        <translation>Klick: wählen</translation>
    </message>
    <message>
        <source>loss alone off</source>
        <translation>Verlust, allein aus</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneBudgetDialog</name>
    <message>
        <source>Prune to a budget</source>
        <translation>Auf ein Budget stutzen</translation>
    </message>
    <message>
        <source>Loss at most</source>
        <translation>Verlust höchstens</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Loss at most, in percent above all heads on</source>
        <translation>Verlust höchstens, in Prozent über allen Köpfen</translation>
    </message>
    <message>
        <source>above all heads on</source>
        <translation>über allen Köpfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>That is at most %1 nats per token on the test text.</source>
        <translation>Das sind höchstens %1 Nats je Token auf dem Testtext.</translation>
    </message>
    <message>
        <source>No head can be cut within it.</source>
        <translation>Kein Kopf passt hinein.</translation>
    </message>
    <message>
        <source>The curve is measured first; the cut follows when it is done.</source>
        <translation>Zuerst wird die Kurve gemessen; der Schnitt folgt danach.</translation>
    </message>
    <message>
        <source>%1: %2 heads off, loss %3 (%4 %).</source>
        <translation>%1: %2 Köpfe aus, Verlust %3 (%4 %).</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneController</name>
    <message>
        <source>This file holds attention only: heads can be switched off in a model with its weights.</source>
        <translation>Diese Datei enthält nur Attention: Köpfe lassen sich in einem Modell mit Gewichten ausschalten.</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>Öffnen Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>This file cannot run text, so no loss can be measured.</source>
        <translation>Diese Datei kann keinen Text ausführen, also lässt sich kein Verlust messen.</translation>
    </message>
    <message>
        <source>No text to measure on: choose a file.</source>
        <translation>Kein Text zum Messen: Wählen Sie eine Datei.</translation>
    </message>
    <message>
        <source>set %1 heads off</source>
        <translation>%1 Köpfe ausschalten</translation>
    </message>
    <message>
        <source>restore all heads</source>
        <translation>alle Köpfe einschalten</translation>
    </message>
    <message>
        <source>invert the cut</source>
        <translation>Schnitt umkehren</translation>
    </message>
    <message>
        <source>prune to a budget</source>
        <translation>auf ein Budget stutzen</translation>
    </message>
    <message>
        <source>Its texts (%1; %2) are not there: the curve is shown as it was measured. New cuts are measured on the texts chosen here.</source>
        <translation>Seine Texte (%1; %2) sind nicht da: Die Kurve steht, wie sie gemessen wurde. Neue Schnitte werden auf den hier gewählten Texten gemessen.</translation>
    </message>
    <message>
        <source>The means are not measured yet</source>
        <translation>Die Mittelwerte sind noch nicht gemessen</translation>
    </message>
    <message>
        <source>What a cut head writes on average is still being measured on the calibration text.</source>
        <translation>Was ein abgeschalteter Kopf im Mittel schreibt, wird auf dem Kalibriertext noch gemessen.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>This model brings no tokeniser, so text cannot become its tokens. Choose files of token ids (separated by commas, one prompt a line) as test and calibration text. Switching heads and the prompt&apos;s numbers work without.</source>
        <translation>Dieses Modell bringt keinen Tokenizer mit, Text kann also nicht zu seinen Token werden. Dateien mit Token-Ids (durch Kommas getrennt, ein Prompt je Zeile) als Test- und Kalibriertext wählen. Köpfe schalten und die Zahlen des Prompts gehen auch ohne.</translation>
    </message>
    <message>
        <source>This model has no output layer: it predicts nothing, so there is no loss that could change. Open the full model, with its output layer.</source>
        <translation>Dieses Modell hat keine Ausgabeschicht: Es sagt nichts vorher, also gibt es keinen Verlust, der sich ändern könnte. Das vollständige Modell mit Ausgabeschicht öffnen.</translation>
    </message>
    <message>
        <source>Switch heads</source>
        <translation>Köpfe schalten</translation>
    </message>
    <message>
        <source>Importance of heads</source>
        <translation>Wichtigkeit der Köpfe</translation>
    </message>
    <message>
        <source>Switch sets of heads off</source>
        <translation>Gruppen von Köpfen ausschalten</translation>
    </message>
    <message>
        <source>Pruning experiment</source>
        <translation>Pruning-Experiment</translation>
    </message>
    <message>
        <source>Mean outputs of heads</source>
        <translation>Mittlere Ausgaben der Köpfe</translation>
    </message>
    <message>
        <source>Write pruned model</source>
        <translation>Beschnittenes Modell schreiben</translation>
    </message>
    <message>
        <source>This model fills in the word at each place, and sees it: there is no loss of next words to measure heads with.</source>
        <translation>Dieses Modell setzt an jeder Stelle das Wort ein und sieht es: Es gibt keinen Verlust nächster Wörter, an dem sich Köpfe messen ließen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneCurveChart</name>
    <message>
        <source>heads off</source>
        <translation>Köpfe aus</translation>
    </message>
    <message>
        <source>all heads on, %1</source>
        <translation>alle Köpfe an, %1</translation>
    </message>
    <message>
        <source>heads that are off now, in their order</source>
        <translation>Köpfe, die jetzt aus sind, in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>greedy, measured again at each step</source>
        <translation>gierig, nach jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>median of %1 random orders; band 5 to 95 %</source>
        <translation>Median von %1 zufälligen Reihenfolgen; Band 5 bis 95 %</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>%1 off: %2 %3</source>
        <translation>%1 aus: %2 %3</translation>
    </message>
    <message>
        <source>random order %1–%2</source>
        <translation>zufällige Reihenfolge %1–%2</translation>
    </message>
    <message>
        <source>Loss as heads are switched off</source>
        <translation>Verlust, wenn Köpfe ausgeschaltet werden</translation>
    </message>
    <message>
        <source>%1 of %2 heads off</source>
        <translation>%1 von %2 Köpfen aus</translation>
    </message>
    <message>
        <source>one random order so far</source>
        <translation>bisher eine zufällige Reihenfolge</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Press, drag or use the arrow keys: as many heads of the leading order are off (greedy, where it was run). Shift: four steps</source>
        <translation>Drücken, ziehen oder Pfeiltasten: so viele Köpfe der führenden Reihenfolge sind aus (gierig, wo gemessen). Umschalt: vier Schritte</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneCutsPanel</name>
    <message>
        <source>Cuts</source>
        <translation>Schnitte</translation>
    </message>
    <message>
        <source>Undo Ctrl+Z</source>
        <translation>Zurück Strg+Z</translation>
    </message>
    <message>
        <source>Cut next best</source>
        <translation>Nächsten ausschalten</translation>
    </message>
    <message>
        <source>Run to loss …</source>
        <translation>Bis zu Verlust …</translation>
    </message>
    <message>
        <source>Cut along the greedy order while the loss stays within a budget</source>
        <translation>Der gierigen Reihenfolge nach ausschalten, solange der Verlust im Budget bleibt</translation>
    </message>
    <message>
        <source>Measure the curve: it runs random orders as well.</source>
        <translation>Messen Sie die Kurve: Sie läuft auch mit zufälligen Reihenfolgen.</translation>
    </message>
    <message>
        <source>Is this better than chance?</source>
        <translation>Ist das besser als Zufall?</translation>
    </message>
    <message>
        <source>What was cut</source>
        <translation>Was ausgeschaltet wurde</translation>
    </message>
    <message>
        <source>How it was measured</source>
        <translation>Wie gemessen wurde</translation>
    </message>
    <message>
        <source>Export curve …</source>
        <translation>Kurve ausgeben …</translation>
    </message>
    <message>
        <source>Save pruned model …</source>
        <translation>Modell speichern …</translation>
    </message>
    <message>
        <source>Cuts %1; one undo step</source>
        <translation>Schaltet %1 aus; ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>Every head is off.</source>
        <translation>Alle Köpfe sind aus.</translation>
    </message>
    <message>
        <source>Every head that is on is being tried.</source>
        <translation>Jeder Kopf, der an ist, wird gerade probiert.</translation>
    </message>
    <message>
        <source>Trying every head that is on …</source>
        <translation>Jeder Kopf, der an ist, wird probiert …</translation>
    </message>
    <message>
        <source>No head is off: the file would be the same model.</source>
        <translation>Kein Kopf ist aus: Die Datei wäre dasselbe Modell.</translation>
    </message>
    <message>
        <source>Writes a model file without these heads and compares it with this one</source>
        <translation>Schreibt eine Modelldatei ohne diese Köpfe und vergleicht sie mit dieser</translation>
    </message>
    <message>
        <source>Cut a head, or move the curve&apos;s cursor.</source>
        <translation>Schalten Sie einen Kopf aus oder bewegen Sie die Marke der Kurve.</translation>
    </message>
    <message>
        <source>The next best is looked for when the curve is measured.</source>
        <translation>Der nächstbeste wird gesucht, wenn die Kurve gemessen ist.</translation>
    </message>
    <message>
        <source>Needs a text to measure on.</source>
        <translation>Braucht einen Text, auf dem gemessen wird.</translation>
    </message>
    <message>
        <source>Nothing but the prompt&apos;s own loss is measured.</source>
        <translation>Gemessen wird nur der Verlust des Prompts selbst.</translation>
    </message>
    <message>
        <source>“Next best” and “Alone off” are changes on the calibration text (%1), “Step” and “Total” on the test text (%2).</source>
        <translation>„Nächster“ und „Allein aus“ sind Änderungen auf dem Kalibriertext (%1), „Schritt“ und „Summe“ auf dem Prüftext (%2).</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneFeature</name>
    <message>
        <source>%1 heads off, loss %2</source>
        <translation>%1 Köpfe aus, Verlust %2</translation>
    </message>
    <message>
        <source>What the pruning bench puts in (%1) is not measured yet.</source>
        <translation>Was die Stutzbank einsetzt (%1), ist noch nicht gemessen.</translation>
    </message>
    <message>
        <source>&amp;Prune</source>
        <translation>Stut&amp;zen</translation>
    </message>
    <message>
        <source>Pruning &amp;bench</source>
        <translation>&amp;Stutzbank</translation>
    </message>
    <message>
        <source>Cut &amp;next best</source>
        <translation>&amp;Nächsten ausschalten</translation>
    </message>
    <message>
        <source>&amp;Run to loss …</source>
        <translation>Bis zu einem &amp;Verlust …</translation>
    </message>
    <message>
        <source>prune to a budget</source>
        <translation>auf ein Budget beschneiden; prune to a budget</translation>
    </message>
    <message>
        <source>Measure the cur&amp;ve</source>
        <translation>Kurve &amp;messen</translation>
    </message>
    <message>
        <source>&amp;Stop measuring</source>
        <translation>Messen an&amp;halten</translation>
    </message>
    <message>
        <source>Restore &amp;all heads</source>
        <translation>&amp;Alle Köpfe wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Invert the cut</source>
        <translation>Schnitt &amp;umkehren</translation>
    </message>
    <message>
        <source>&amp;Texts and orders …</source>
        <translation>&amp;Texte und Reihenfolgen …</translation>
    </message>
    <message>
        <source>Export &amp;curve …</source>
        <translation>&amp;Kurve ausgeben …</translation>
    </message>
    <message>
        <source>Save &amp;pruned model …</source>
        <translation>Gestutztes Modell s&amp;peichern …</translation>
    </message>
    <message>
        <source>Save e&amp;xperiment …</source>
        <translation>E&amp;xperiment speichern …</translation>
    </message>
    <message>
        <source>Op&amp;en experiment …</source>
        <translation>Experiment ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>C&amp;ompare with experiment …</source>
        <translation>Mit Experiment ver&amp;gleichen …</translation>
    </message>
    <message>
        <source>En&amp;d comparison</source>
        <translation>Vergleich &amp;beenden</translation>
    </message>
    <message>
        <source>Measure the curve first: there is no experiment to save.</source>
        <translation>Messen Sie zuerst die Kurve: Es gibt kein Experiment zu speichern.</translation>
    </message>
    <message>
        <source>Save experiment</source>
        <translation>Experiment speichern</translation>
    </message>
    <message>
        <source>Pruning experiment (*.json)</source>
        <translation>Stutzexperiment (*.json)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Open experiment</source>
        <translation>Experiment öffnen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Compare with experiment</source>
        <translation>Mit Experiment vergleichen</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneHeadsList</name>
    <message>
        <source>Restore all</source>
        <translation>Alle an</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Heads that are off come on, the others go off</source>
        <translation>Köpfe, die aus sind, gehen an, die anderen aus</translation>
    </message>
    <message>
        <source>%1 on, %2 off</source>
        <translation>%1 an, %2 aus</translation>
    </message>
    <message>
        <source>Switch all heads on again; one undo step</source>
        <translation>Alle Köpfe wieder einschalten; ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>No head is off.</source>
        <translation>Kein Kopf ist aus.</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneHeadsModel</name>
    <message>
        <source>%1 is off</source>
        <translation>%1 ist aus</translation>
    </message>
    <message>
        <source>%1 is on</source>
        <translation>%1 ist an</translation>
    </message>
    <message>
        <source>%1: not measured yet</source>
        <translation>%1: noch nicht gemessen</translation>
    </message>
    <message>
        <source>%1: %2, 95 % interval %3 to %4</source>
        <translation>%1: %2, 95-%-Intervall %3 bis %4</translation>
    </message>
    <message>
        <source>Spearman&apos;s rank correlation with the exact effect: %1</source>
        <translation>Spearmans Rangkorrelation mit der exakten Wirkung: %1</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Measured on the calibration text: %1</source>
        <translation>Gemessen auf dem Kalibriertext: %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneHeadsTable</name>
    <message>
        <source>Heads and what they are worth</source>
        <translation>Köpfe und was sie wert sind</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneNextPanel</name>
    <message>
        <source>Next token</source>
        <translation>Nächstes Token</translation>
    </message>
    <message>
        <source>Next token with all heads on and with the cut</source>
        <translation>Nächstes Token mit allen Köpfen und mit dem Schnitt</translation>
    </message>
    <message>
        <source>runs with the prompt</source>
        <translation>läuft mit dem Prompt</translation>
    </message>
    <message>
        <source>all heads on; where a cut changes most comes first</source>
        <translation>alle Köpfe an; wo ein Schnitt am meisten ändert, steht zuerst</translation>
    </message>
    <message>
        <source>Token %1: %2 with all heads on, %3 with the cut</source>
        <translation>Token %1: %2 mit allen Köpfen, %3 mit dem Schnitt</translation>
    </message>
    <message>
        <source>prompt loss %1 → %2</source>
        <translation>Prompt-Verlust %1 → %2</translation>
    </message>
    <message>
        <source>prompt loss %1</source>
        <translation>Prompt-Verlust %1</translation>
    </message>
    <message>
        <source>upper bar: all heads on, lower bar: %1 off</source>
        <translation>oberer Balken: alle Köpfe an, unterer Balken: %1 aus</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneOrdersForm</name>
    <message>
        <source>Orders of cutting</source>
        <translation>Reihenfolgen des Abschaltens</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>Gierig</translation>
    </message>
    <message>
        <source>Every head left is tried at each step; the cursor follows this order</source>
        <translation>In jedem Schritt wird jeder übrige Kopf versucht; der Zeiger folgt dieser Reihenfolge</translation>
    </message>
    <message>
        <source>Lowest score first</source>
        <translation>Kleinstes Maß zuerst</translation>
    </message>
    <message>
        <source>By the score below</source>
        <translation>Nach dem Maß unten</translation>
    </message>
    <message>
        <source>Trained gates (Voita et al. 2019)</source>
        <translation>Gelernte Tore (Voita u. a. 2019)</translation>
    </message>
    <message>
        <source>Stochastic gates trained on the calibration text with frozen weights; takes long. With Resample they are trained against zero</source>
        <translation>Zufallstore, auf dem Kalibriertext bei festen Gewichten gelernt; dauert lange. Bei Ersatzziehung werden sie gegen null gelernt</translation>
    </message>
    <message>
        <source>Highest score first</source>
        <translation>Größtes Maß zuerst</translation>
    </message>
    <message>
        <source>The worst order by the score: what a bad choice costs</source>
        <translation>Die schlechteste Reihenfolge nach dem Maß: was eine schlechte Wahl kostet</translation>
    </message>
    <message>
        <source>Smallest weights first</source>
        <translation>Kleinste Gewichte zuerst</translation>
    </message>
    <message>
        <source>By the norm of W_O: no text is looked at</source>
        <translation>Nach der Norm von W_O: ohne Text</translation>
    </message>
    <message>
        <source>Whole layers</source>
        <translation>Ganze Schichten</translation>
    </message>
    <message>
        <source>Layer by layer, lowest summed score first</source>
        <translation>Schicht um Schicht, kleinste Summe des Maßes zuerst</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Effect of the head alone, exact</source>
        <translation>Wirkung des Kopfes allein, genau</translation>
    </message>
    <message>
        <source>measured again after each step</source>
        <translation>nach jedem Schritt neu gemessen</translation>
    </message>
    <message>
        <source>Slower; the score of the heads left is taken with the others already off</source>
        <translation>Langsamer; das Maß der übrigen Köpfe wird bei schon abgeschalteten anderen genommen</translation>
    </message>
    <message>
        <source>Heads in a step</source>
        <translation>Köpfe je Schritt</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>selbst gewählt</translation>
    </message>
    <message>
        <source>Random orders</source>
        <translation>Zufällige Reihenfolgen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
</context>
<context>
    <name>hs::ui::PrunePairsPage</name>
    <message>
        <source>one document: no interval</source>
        <translation>ein Dokument: kein Intervall</translation>
    </message>
    <message>
        <source>back each other up</source>
        <translation>ersetzen einander</translation>
    </message>
    <message>
        <source>work together</source>
        <translation>wirken zusammen</translation>
    </message>
    <message>
        <source>not told from independent</source>
        <translation>von unabhängig nicht zu trennen</translation>
    </message>
    <message>
        <source>Pairs of heads: is one the other&apos;s reserve?</source>
        <translation>Kopfpaare: Ersetzt einer den anderen?</translation>
    </message>
    <message>
        <source>Which heads are paired</source>
        <translation>Welche Köpfe gepaart werden</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Pairs of heads, strongest interaction first</source>
        <translation>Kopfpaare, stärkste Wechselwirkung zuerst</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erster</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweiter</translation>
    </message>
    <message>
        <source>First alone</source>
        <translation>Erster allein</translation>
    </message>
    <message>
        <source>Second alone</source>
        <translation>Zweiter allein</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>Überschuss</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was es sagt</translation>
    </message>
    <message>
        <source>Excess of each pair over the sum of both</source>
        <translation>Überschuss jedes Paars über die Summe beider</translation>
    </message>
    <message>
        <source>Waits until the curve is measured.</source>
        <translation>Wartet, bis die Kurve gemessen ist.</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>%1 strongest alone</source>
        <translation>%1 allein stärkste</translation>
    </message>
    <message>
        <source>heads that are off (%1)</source>
        <translation>abgeschaltete Köpfe (%1)</translation>
    </message>
    <message>
        <source>all %1 heads</source>
        <translation>alle %1 Köpfe</translation>
    </message>
    <message>
        <source>Switch at least two heads off, or choose other heads.</source>
        <translation>Mindestens zwei Köpfe abschalten oder andere Köpfe wählen.</translation>
    </message>
    <message>
        <source>More than %1 heads make too many pairs: choose some.</source>
        <translation>Mehr als %1 Köpfe ergeben zu viele Paare: einige auswählen.</translation>
    </message>
    <message>
        <source>The effect of each head alone is being measured.</source>
        <translation>Die Wirkung jedes Kopfes allein wird gemessen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1 pairs of %2 heads: what both do together, minus what each does alone. More than the sum: each is the other&apos;s reserve. Less: they work in one circuit.</source>
        <translation>%1 Paare aus %2 Köpfen: was beide zusammen bewirken, weniger dem, was jeder allein bewirkt. Mehr als die Summe: Jeder ist die Reserve des anderen. Weniger: Sie wirken in einem Schaltkreis.</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>excess over the sum of both, nats</source>
        <translation>Überschuss über die Summe beider, Nats</translation>
    </message>
    <message>
        <source>No pair is measured yet.</source>
        <translation>Noch kein Paar gemessen.</translation>
    </message>
    <message>
        <source>%1 pairs: %2 back each other up, %3 work together; the rest is not told from independent (about %4 by chance alone). %5 Loss changes in nats per token on the test text (%6); intervals 95 %, paired bootstrap over documents.</source>
        <translation>%1 Paare: %2 ersetzen einander, %3 wirken zusammen; der Rest ist von unabhängig nicht zu trennen (etwa %4 durch Zufall allein). %5 Verluständerungen in Nats je Token auf dem Prüftext (%6); Intervalle 95 %, gepaarter Bootstrap über Dokumente.</translation>
    </message>
    <message>
        <source>Pairs of heads: excess over the sum of both</source>
        <translation>Kopfpaare: Überschuss über die Summe beider</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneSaveDialog</name>
    <message>
        <source>Save pruned model</source>
        <translation>Gestutztes Modell speichern</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Open in Compare</source>
        <translation>In Vergleichen öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Write and check</source>
        <translation>Schreiben und prüfen</translation>
    </message>
    <message>
        <source>HDF5 (*.h5)</source>
        <translation>HDF5 (*.h5)</translation>
    </message>
    <message>
        <source>File: %1 → %2 MB</source>
        <translation>Datei: %1 → %2 MB</translation>
    </message>
    <message>
        <source>Weights: %1 → %2</source>
        <translation>Gewichte: %1 → %2</translation>
    </message>
    <message>
        <source>Forward pass of the prompt, median: %1 → %2 ms</source>
        <translation>Vorwärtslauf des Prompts, Median: %1 → %2 ms</translation>
    </message>
    <message>
        <source>Opened again; largest difference of any logit from the masked model: %1</source>
        <translation>Wieder geöffnet; größter Unterschied eines Logits zum maskierten Modell: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2 heads are left out: %3.</source>
        <translation>%1 von %2 Köpfen bleiben weg: %3.</translation>
    </message>
    <message>
        <source>Layer %1 keeps no head: its attention adds only its bias.</source>
        <translation>Schicht %1 behält keinen Kopf: Ihre Attention trägt nur den Bias bei.</translation>
    </message>
    <message>
        <source>Layers %1 keep no head: their attention adds only its bias.</source>
        <translation>Die Schichten %1 behalten keinen Kopf: Ihre Attention trägt nur den Bias bei.</translation>
    </message>
    <message>
        <source>What a cut head writes on average is folded into the output bias.</source>
        <translation>Was ein ausgeschalteter Kopf im Mittel schreibt, geht in den Ausgabebias ein.</translation>
    </message>
    <message>
        <source>Resampling cannot be written into a file: choose Zero or Mean.</source>
        <translation>Tausch lässt sich nicht in eine Datei schreiben: Wählen Sie Null oder Mittel.</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Noch einmal schreiben</translation>
    </message>
    <message>
        <source>That is the open model itself: give another name, so that nothing is lost.</source>
        <translation>Das ist das offene Modell selbst: Geben Sie einen anderen Namen an, damit nichts verloren geht.</translation>
    </message>
    <message>
        <source>All heads are on, so there is nothing to leave out: switch heads off in the atlas first.</source>
        <translation>Alle Köpfe sind an, es gibt also nichts wegzulassen: Schalten Sie zuerst im Atlas Köpfe aus.</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneTextDialog</name>
    <message>
        <source>Test text</source>
        <translation>Testtext</translation>
    </message>
    <message>
        <source>Losses and curves are measured on it.</source>
        <translation>Verluste und Kurven werden auf ihm gemessen.</translation>
    </message>
    <message>
        <source>Calibration text</source>
        <translation>Kalibriertext</translation>
    </message>
    <message>
        <source>Which head to cut is decided on it; means and resampled values come from it.</source>
        <translation>Auf ihm wird entschieden, welcher Kopf geht; Mittel und Tauschwerte kommen aus ihm.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Written passages that come with the program</source>
        <translation>Geschriebene Abschnitte, die dem Programm beiliegen</translation>
    </message>
    <message>
        <source>Passages sampled from the sample model</source>
        <translation>Vom Beispielmodell gezogene Abschnitte</translation>
    </message>
    <message>
        <source>Own text</source>
        <translation>Eigener Text</translation>
    </message>
    <message>
        <source>File …</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Folder of texts</source>
        <translation>Ordner mit Texten</translation>
    </message>
    <message>
        <source>Text files</source>
        <translation>Textdateien</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Most passages</source>
        <translation>Höchstzahl der Abschnitte</translation>
    </message>
    <message>
        <source>Most tokens of a passage</source>
        <translation>Höchstzahl der Token eines Abschnitts</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>passages of</source>
        <translation>Abschnitte mit</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>nothing chosen yet</source>
        <translation>noch nichts gewählt</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>Choose a file or a folder.</source>
        <translation>Wählen Sie eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <source>Both are the same text: a cut will look better on it than on any other.</source>
        <translation>Beide sind derselbe Text: Ein Schnitt sieht darauf besser aus als auf jedem anderen.</translation>
    </message>
    <message>
        <source>Texts and orders of the pruning bench</source>
        <translation>Texte und Reihenfolgen der Stutzbank</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Diese Einstellungen nehmen</translation>
    </message>
    <message>
        <source>Choose at least one order.</source>
        <translation>Mindestens eine Reihenfolge wählen.</translation>
    </message>
    <message>
        <source>Token ids: separated by commas, one prompt a line</source>
        <translation>Token-Ids: durch Kommas getrennt, ein Prompt je Zeile</translation>
    </message>
    <message>
        <source>File of token ids</source>
        <translation>Datei mit Token-Ids</translation>
    </message>
    <message>
        <source>This model brings no tokeniser: text cannot become its tokens.</source>
        <translation>Dieses Modell bringt keinen Tokenizer mit: Text kann nicht zu seinen Token werden.</translation>
    </message>
    <message>
        <source>Token ids (*.txt *.csv *.ids)</source>
        <translation>Token-Ids (*.txt *.csv *.ids)</translation>
    </message>
</context>
<context>
    <name>hs::ui::PruneWorkspace</name>
    <message>
        <source>Loss curve</source>
        <translation>Verlustkurve</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Loss as heads are switched off</source>
        <translation>Verlust, wenn Köpfe ausgeschaltet werden</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>Null</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Resample</source>
        <translation>Tausch</translation>
    </message>
    <message>
        <source>What a head that is off leaves in its place</source>
        <translation>Was ein Kopf, der aus ist, hinterlässt</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>What each head is worth</source>
        <translation>Was jeder Kopf wert ist</translation>
    </message>
    <message>
        <source>Numbers of the curve</source>
        <translation>Zahlen der Kurve</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop; what is measured stays</source>
        <translation>Anhalten; was gemessen ist, bleibt</translation>
    </message>
    <message>
        <source>The curve is complete for this text and this kind of ablation.</source>
        <translation>Die Kurve ist für diesen Text und diese Art des Abschaltens vollständig.</translation>
    </message>
    <message>
        <source>Accuracy as heads are switched off</source>
        <translation>Treffer, wenn Köpfe ausgeschaltet werden</translation>
    </message>
    <message>
        <source>KL as heads are switched off</source>
        <translation>KL, wenn Köpfe ausgeschaltet werden</translation>
    </message>
    <message>
        <source>Nothing can be measured</source>
        <translation>Es lässt sich nichts messen</translation>
    </message>
    <message>
        <source>Choose a text …</source>
        <translation>Text wählen …</translation>
    </message>
    <message>
        <source>Measuring the curve</source>
        <translation>Die Kurve wird gemessen</translation>
    </message>
    <message>
        <source>What does cutting heads do?</source>
        <translation>Was bewirkt das Ausschalten von Köpfen?</translation>
    </message>
    <message>
        <source>The first lines appear as soon as they are known.</source>
        <translation>Die ersten Linien erscheinen, sobald sie bekannt sind.</translation>
    </message>
    <message>
        <source>Measure the curve</source>
        <translation>Kurve messen</translation>
    </message>
    <message>
        <source>Each score is compared with the exact effect of the head alone (Spearman&apos;s rank correlation).</source>
        <translation>Jedes Maß wird mit der exakten Wirkung des Kopfs allein verglichen (Spearmans Rangkorrelation).</translation>
    </message>
    <message>
        <source>Spearman&apos;s rank correlation with the exact effect: %1.</source>
        <translation>Spearmans Rangkorrelation mit der exakten Wirkung: %1.</translation>
    </message>
    <message>
        <source>Heads off</source>
        <translation>Köpfe aus</translation>
    </message>
    <message>
        <source>Cut last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>Gierig</translation>
    </message>
    <message>
        <source>By effect</source>
        <translation>Nach Wirkung</translation>
    </message>
    <message>
        <source>Random 5 %</source>
        <translation>Zufall 5 %</translation>
    </message>
    <message>
        <source>Random median</source>
        <translation>Zufall Median</translation>
    </message>
    <message>
        <source>Random 95 %</source>
        <translation>Zufall 95 %</translation>
    </message>
    <message>
        <source>The curve is not measured yet.</source>
        <translation>Die Kurve ist noch nicht gemessen.</translation>
    </message>
    <message>
        <source>%1 of %2 heads off</source>
        <translation>%1 von %2 Köpfen aus</translation>
    </message>
    <message>
        <source>loss %1, all heads %2</source>
        <translation>Verlust %1, alle Köpfe %2</translation>
    </message>
    <message>
        <source>change %1 nats</source>
        <translation>Änderung %1 Nats</translation>
    </message>
    <message>
        <source>ablation: %1</source>
        <translation>Abschalten: %1</translation>
    </message>
    <message>
        <source>last switch %1 ms</source>
        <translation>letzter Schalter %1 ms</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>Mean loss of the test text, nats per token</source>
        <translation>Mittlerer Verlust des Prüftextes, Nats je Token</translation>
    </message>
    <message>
        <source>Share of the test text&apos;s tokens that the model would have said</source>
        <translation>Anteil der Token des Prüftextes, die das Modell gesagt hätte</translation>
    </message>
    <message>
        <source>How far the predictions move from those with all heads on, nats per token</source>
        <translation>Wie weit sich die Vorhersagen von denen mit allen Köpfen entfernen, Nats je Token</translation>
    </message>
    <message>
        <source>Return sets the cut of that row</source>
        <translation>Eingabe schaltet wie in dieser Zeile ab</translation>
    </message>
    <message>
        <source>Text: %1 …</source>
        <translation>Text: %1 …</translation>
    </message>
    <message>
        <source>Measured on: %1
Chosen on: %2
Click to choose texts, orders, score, steps and seed</source>
        <translation>Gemessen auf: %1
Gewählt auf: %2
Klicken, um Texte, Reihenfolgen, Maß, Schritte und Startwert zu wählen</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Misst …</translation>
    </message>
    <message>
        <source>Not finished: Go on measures the rest.</source>
        <translation>Nicht fertig: „Weiter“ misst den Rest.</translation>
    </message>
    <message>
        <source>%1 Measured on %2 passages, %3 tokens of the calibration text; intervals in the tooltips.</source>
        <translation>%1 Gemessen auf %2 Abschnitte, %3 Token des Kalibriertextes; Intervalle in den Tooltips.</translation>
    </message>
    <message>
        <source>Choose token ids …</source>
        <translation>Token-Ids wählen …</translation>
    </message>
    <message>
        <source>Cuts</source>
        <translation>Schnitte</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>Stutzen</translation>
    </message>
    <message>
        <source>%1: %2 heads, against %3 random orders; about %4. Or switch heads off in the atlas, one by one.</source>
        <translation>%1: %2 Köpfe, gegen %3 zufällige Reihenfolgen; etwa %4. Oder Köpfe im Atlas einzeln abschalten.</translation>
    </message>
</context>
<context>
    <name>hs::ui::RampLegend</name>
    <message>
        <source>Colours from %1 to %2, %3</source>
        <translation>Farben von %1 bis %2, %3</translation>
    </message>
</context>
<context>
    <name>hs::ui::RankingModel</name>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>on itself</source>
        <translation>auf sich</translation>
    </message>
    <message>
        <source>OV identity</source>
        <translation>OV-Identität</translation>
    </message>
    <message>
        <source>loss change (95 %)</source>
        <translation>Verluständerung (95 %)</translation>
    </message>
    <message>
        <source>what it says</source>
        <translation>was das sagt</translation>
    </message>
    <message>
        <source>Identity head score: mean attention of a query on itself, over the open prompt</source>
        <translation>Identitätswert: mittlere Attention einer Query auf sich selbst, über den offenen Prompt</translation>
    </message>
    <message>
        <source>tr(W_OV) / (√r ‖W_OV‖), −1 to 1; 1: what is read is written back unchanged, up to a factor. Behind ±: its spread for a random rotation.</source>
        <translation>tr(W_OV) / (√r ‖W_OV‖), −1 bis 1; 1: Gelesenes wird bis auf einen Faktor unverändert zurückgeschrieben. Hinter ±: Streuung bei zufälliger Drehung.</translation>
    </message>
    <message>
        <source>The head that stood in for this one in the swap test</source>
        <translation>Der Kopf, der in der Tauschprobe für diesen einsprang</translation>
    </message>
    <message>
        <source>Change of the loss with the other head in its place, nats per token, with the 95 % interval over documents</source>
        <translation>Änderung des Verlusts mit dem anderen Kopf an seiner Stelle, Nats je Token, mit dem 95-%-Intervall über Dokumente</translation>
    </message>
    <message>
        <source>Documents that the loss change was measured on</source>
        <translation>Dokumente, an denen die Verluständerung gemessen wurde</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>n/a: %1</source>
        <translation>n. v.: %1</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>docs</source>
        <translation>Dok.</translation>
    </message>
</context>
<context>
    <name>hs::ui::RankingPage</name>
    <message>
        <source>All heads by identity</source>
        <translation>Alle Köpfe nach Identität</translation>
    </message>
    <message>
        <source>Order of the heads</source>
        <translation>Reihenfolge der Köpfe</translation>
    </message>
    <message>
        <source>Most attention on itself</source>
        <translation>Meiste Attention auf sich</translation>
    </message>
    <message>
        <source>Largest OV identity</source>
        <translation>Größte OV-Identität</translation>
    </message>
    <message>
        <source>Most replaceable: smallest loss change</source>
        <translation>Am ersetzbarsten: kleinste Verluständerung</translation>
    </message>
    <message>
        <source>Least replaceable: largest loss change</source>
        <translation>Am wenigsten ersetzbar: größte Verluständerung</translation>
    </message>
    <message>
        <source>Layer and head</source>
        <translation>Schicht und Kopf</translation>
    </message>
    <message>
        <source>What is replaced</source>
        <translation>Was ersetzt wird</translation>
    </message>
    <message>
        <source>attention pattern</source>
        <translation>Attention-Muster</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There is no matrix of heads to find the nearest in.</source>
        <translation>Es gibt keine Matrix der Köpfe, in der sich der nächste finden ließe.</translation>
    </message>
    <message>
        <source>The swap test runs text, and this file cannot: its parts for that are missing.</source>
        <translation>Die Tauschprobe rechnet Text, und diese Datei kann das nicht: die Teile dafür fehlen.</translation>
    </message>
    <message>
        <source>The nearest head is that of the matrix: choose QQ, OO or a measure of behaviour.</source>
        <translation>Der nächste Kopf kommt aus der Matrix: QQ, OO oder ein Maß des Verhaltens wählen.</translation>
    </message>
    <message>
        <source>The rows are key/value heads that several heads share; the swap test replaces single heads. Choose QQ, OO or a measure of behaviour.</source>
        <translation>Die Zeilen sind Key/Value-Köpfe, die sich mehrere Köpfe teilen; die Tauschprobe ersetzt einzelne Köpfe. Wählen Sie QQ, OO oder ein Maß des Verhaltens.</translation>
    </message>
    <message>
        <source>The heads are still being compared.</source>
        <translation>Die Köpfe werden noch verglichen.</translation>
    </message>
    <message>
        <source>The swap test needs text: run a prompt, or choose a text file.</source>
        <translation>Die Tauschprobe braucht Text: Rechnen Sie einen Prompt oder wählen Sie eine Textdatei.</translation>
    </message>
    <message>
        <source>No head has another one near it.</source>
        <translation>Kein Kopf hat einen nächsten.</translation>
    </message>
    <message>
        <source>Comparing heads needs a model file; attention dumps hold no weights.</source>
        <translation>Köpfe zu vergleichen braucht eine Modelldatei; Attention-Dumps enthalten keine Gewichte.</translation>
    </message>
    <message>
        <source>This file holds no attention weights.</source>
        <translation>Diese Datei enthält keine Attention-Gewichte.</translation>
    </message>
    <message>
        <source>Attention on itself over one query.</source>
        <translation>Attention auf sich: über eine Query.</translation>
    </message>
    <message>
        <source>Attention on itself: mean over %1 queries of %2.</source>
        <translation>Attention auf sich: Mittel über %1 Querys von %2.</translation>
    </message>
    <message>
        <source>the open prompt</source>
        <translation>dem offenen Prompt</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Attention on itself needs a prompt that has run.</source>
        <translation>Attention auf sich braucht einen Prompt, der gelaufen ist.</translation>
    </message>
    <message>
        <source>Cancelled: %1 of %2 heads are there.</source>
        <translation>Abgebrochen: %1 von %2 Köpfen sind da.</translation>
    </message>
    <message>
        <source>%1 of %2 heads so far.</source>
        <translation>%1 von %2 Köpfen bisher.</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>Neu berechnen</translation>
    </message>
    <message>
        <source>Swap test of all heads</source>
        <translation>Tauschprobe aller Köpfe</translation>
    </message>
    <message>
        <source>Runs the text once for each head, with the head nearest to it in its place</source>
        <translation>Lässt den Text für jeden Kopf einmal laufen, mit dem ihm nächsten Kopf an seiner Stelle</translation>
    </message>
    <message>
        <source>Swap test on %1 (%2): change of the loss in nats per token, 95 % interval over documents. Few documents say little.</source>
        <translation>Tauschprobe auf %1 (%2): Änderung des Verlusts in Nats je Token, 95-%-Intervall über Dokumente. Wenige Dokumente sagen wenig.</translation>
    </message>
    <message>
        <source>How replaceable heads are is not measured yet: the swap test would run on %1.</source>
        <translation>Wie ersetzbar Köpfe sind, ist noch nicht gemessen: die Tauschprobe liefe auf %1.</translation>
    </message>
    <message>
        <source>Heads by identity</source>
        <translation>Köpfe nach Identität</translation>
    </message>
    <message>
        <source>All heads in order of attention on themselves and of the identity score of their OV circuit</source>
        <translation>Alle Köpfe in der Reihenfolge der Attention auf sich selbst und des Identitätswerts ihres OV-Kreises</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>OV identity, absolute</source>
        <translation>OV-Identität, Betrag</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>Replace by nearest:</source>
        <translation>Durch nächsten ersetzen:</translation>
    </message>
    <message>
        <source>OV identity from the weights alone, %1.</source>
        <translation>OV-Identität allein aus den Gewichten, %1.</translation>
    </message>
    <message>
        <source>By a column</source>
        <translation>Nach einer Spalte</translation>
    </message>
</context>
<context>
    <name>hs::ui::RecentFiles</name>
    <message>
        <source>Nothing opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
</context>
<context>
    <name>hs::ui::ReferenceChart</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>random %1</source>
        <translation>Zufall %1</translation>
    </message>
    <message>
        <source>these heads %1</source>
        <translation>diese Köpfe %1</translation>
    </message>
    <message>
        <source>top %1 %</source>
        <translation>obere %1 %</translation>
    </message>
    <message>
        <source>%1; share of pairs in bins of %2%3</source>
        <translation>%1; Anteil der Paare in Klassen von %2%3</translation>
    </message>
    <message>
        <source>, log</source>
        <translation>, log</translation>
    </message>
    <message>
        <source>Pairs of heads against random subspaces</source>
        <translation>Paare von Köpfen gegen zufällige Unterräume</translation>
    </message>
    <message>
        <source>%1 pairs, mean %2, random %3</source>
        <translation>%1 Paare, Mittel %2, Zufall %3</translation>
    </message>
    <message>
        <source>%1 to %2 | %3 of %4 pairs, %5 % | random %6 %</source>
        <translation>%1 bis %2 | %3 von %4 Paaren, %5 % | Zufall %6 %</translation>
    </message>
</context>
<context>
    <name>hs::ui::ReferencePage</name>
    <message>
        <source>Informativeness of all sixteen pairings</source>
        <translation>Informationsgehalt aller sechzehn Paarungen</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Shares on a log scale: the few pairs far from chance become visible</source>
        <translation>Anteile logarithmisch: die wenigen Paare fern vom Zufall werden sichtbar</translation>
    </message>
    <message>
        <source>Bin width</source>
        <translation>Klassenbreite</translation>
    </message>
    <message>
        <source>Width of the bins of the histogram; the informativeness depends on it</source>
        <translation>Breite der Klassen des Histogramms; der Informationsgehalt hängt davon ab</translation>
    </message>
    <message>
        <source>Number of draws</source>
        <translation>Zahl der Ziehungen</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Draws random subspaces and compares their mean and spread with the exact ones</source>
        <translation>Zieht zufällige Unterräume und vergleicht Mittel und Streuung mit den exakten</translation>
    </message>
    <message>
        <source>Distance from chance, all pairings</source>
        <translation>Abstand vom Zufall, alle Paarungen</translation>
    </message>
    <message>
        <source>Pairs that cannot compose</source>
        <translation>Paare, die nicht zusammenwirken können</translation>
    </message>
    <message>
        <source>Check by drawing</source>
        <translation>Probe durch Ziehen</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>Projection Kernel, %1</source>
        <translation>Projection Kernel, %1</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>Nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Comparing heads needs a model file; attention dumps hold no weights.</source>
        <translation>Köpfe zu vergleichen braucht eine Modelldatei; gespeicherte Attention enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>This file holds no attention weights.</source>
        <translation>Diese Datei enthält keine Attention-Gewichte.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The heads were not compared with random subspaces.</source>
        <translation>Die Köpfe wurden nicht mit zufälligen Unterräumen verglichen.</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Comparing all heads with random subspaces</source>
        <translation>Alle Köpfe werden mit zufälligen Unterräumen verglichen</translation>
    </message>
    <message>
        <source>Informativeness: KL of random against these heads, in nats, from bins of %1; earlier head into later head. It depends on the bin width.</source>
        <translation>Informationsgehalt: KL von Zufall gegen diese Köpfe, in Nats, aus Klassen von %1; früherer Kopf in späteren. Er hängt von der Klassenbreite ab.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>sd</source>
        <translation>Std.-Abw.</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>O into earlier %1</source>
        <translation>O in früheres %1</translation>
    </message>
    <message>
        <source>A later head&apos;s output against an earlier head&apos;s input: an empirical null.</source>
        <translation>Die Ausgabe eines späteren gegen die Eingabe eines früheren Kopfs: eine empirische Nullverteilung.</translation>
    </message>
    <message>
        <source>No head lies in a later layer than another.</source>
        <translation>Kein Kopf liegt in einer späteren Schicht als ein anderer.</translation>
    </message>
    <message>
        <source>%1: no pairs</source>
        <translation>%1: keine Paare</translation>
    </message>
    <message>
        <source>This model has one layer: no head lies before another.</source>
        <translation>Dieses Modell hat eine Schicht: kein Kopf liegt vor einem anderen.</translation>
    </message>
    <message>
        <source>No pair of this kind has a number: matrices are missing, zero or not finite.</source>
        <translation>Kein Paar dieser Art hat eine Zahl: Matrizen fehlen, sind null oder nicht endlich.</translation>
    </message>
    <message>
        <source>%1: %2 pairs, earlier into later</source>
        <translation>%1: %2 Paare, früher in später</translation>
    </message>
    <message>
        <source>99 % below</source>
        <translation>99 % unter</translation>
    </message>
    <message>
        <source>These heads</source>
        <translation>Diese Köpfe</translation>
    </message>
    <message>
        <source>Random, exact</source>
        <translation>Zufall, exakt</translation>
    </message>
    <message>
        <source>top %1 % from %2</source>
        <translation>obere %1 % ab %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled: no draws kept.</source>
        <translation>Abgebrochen: keine Ziehung behalten.</translation>
    </message>
    <message>
        <source>Random subspaces of the heads&apos; own dimensions, drawn on demand, check the exact mean and spread.</source>
        <translation>Zufällige Unterräume von den Dimensionen der Köpfe, auf Wunsch gezogen, prüfen Mittel und Streuung.</translation>
    </message>
    <message>
        <source>%1 pairs of random subspaces of %2 and %3 dimensions in %4 (seed %5): mean %6 ± %7, exact %8; sd %9, exact %10; skewness %11.</source>
        <translation>%1 Paare zufälliger Unterräume von %2 und %3 Dimensionen in %4 (Startwert %5): Mittel %6 ± %7, exakt %8; Std.-Abw. %9, exakt %10; Schiefe %11.</translation>
    </message>
    <message>
        <source>Projection Kernel, %1, against random subspaces</source>
        <translation>Projection Kernel, %1, gegen zufällige Unterräume</translation>
    </message>
    <message>
        <source>Projection Kernels of all earlier-to-later pairs (%1) against random subspaces, and the informativeness of all sixteen pairings</source>
        <translation>Projection Kernel aller Paare früher in später (%1) gegen zufällige Unterräume und der Informationsgehalt aller sechzehn Paarungen</translation>
    </message>
    <message>
        <source>bin width: %1</source>
        <translation>Klassenbreite: %1</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::ReferenceStore</name>
    <message>
        <source>Compare with random subspaces</source>
        <translation>Mit zufälligen Unterräumen vergleichen</translation>
    </message>
</context>
<context>
    <name>hs::ui::RepeatScores</name>
    <message>
        <source>Attention map</source>
        <translation>Attention-Karte</translation>
    </message>
</context>
<context>
    <name>hs::ui::RoleTable</name>
    <message>
        <source>target role →</source>
        <translation>Zielrolle →</translation>
    </message>
    <message>
        <source>← source role</source>
        <translation>← Quellrolle</translation>
    </message>
</context>
<context>
    <name>hs::ui::RowChart</name>
    <message>
        <source>Row of A and B</source>
        <translation>Zeile von A und B</translation>
    </message>
    <message>
        <source>Row %1 %2 of A and B. %3</source>
        <translation>Zeile %1 %2 von A und B. %3</translation>
    </message>
    <message>
        <source>key 0 holds less than 0.001, not shown</source>
        <translation>Key 0 hat unter 0.001, nicht gezeigt</translation>
    </message>
    <message>
        <source>keys 0 to %1 hold less than 0.001 each, not shown</source>
        <translation>Keys 0 bis %1 haben je unter 0.001, nicht gezeigt</translation>
    </message>
    <message>
        <source>Point at a row of the maps, or click a cell to keep it.</source>
        <translation>Auf eine Zeile der Karten zeigen; ein Klick auf eine Zelle hält sie fest.</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>the %1 largest of %2 keys shown</source>
        <translation>die %1 größten von %2 Keys gezeigt</translation>
    </message>
    <message>
        <source>one key holds less than 0.001, not shown</source>
        <translation>ein Key hat unter 0.001, nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 keys hold less than 0.001 each, not shown</source>
        <translation>%1 Keys haben je unter 0.001, nicht gezeigt</translation>
    </message>
</context>
<context>
    <name>hs::ui::Running</name>
    <message>
        <source>Run prompt</source>
        <translation>Prompt ausführen</translation>
    </message>
</context>
<context>
    <name>hs::ui::SaveDialog</name>
    <message>
        <source>This file is read</source>
        <translation>Diese Datei wird gelesen</translation>
    </message>
    <message>
        <source>“%1” would overwrite “%2”, which is open or was read for what is shown. Give another name.</source>
        <translation>„%1“ würde „%2“ überschreiben. Diese Datei ist geöffnet oder wurde für das Gezeigte gelesen. Geben Sie einen anderen Namen an.</translation>
    </message>
    <message>
        <source>Replace?</source>
        <translation>Ersetzen?</translation>
    </message>
    <message>
        <source>HeadScope did not write %1. Replace what is there?</source>
        <translation>HeadScope hat %1 nicht geschrieben. Vorhandenes ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
</context>
<context>
    <name>hs::ui::ScatterDialog</name>
    <message>
        <source>Two scores of all heads</source>
        <translation>Zwei Werte aller Köpfe</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>Waagerecht</translation>
    </message>
    <message>
        <source>Upward</source>
        <translation>Senkrecht</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 Köpfe</translation>
    </message>
    <message>
        <source>%1 without both numbers</source>
        <translation>%1 ohne beide Werte</translation>
    </message>
    <message>
        <source>click or arrow keys choose a head</source>
        <translation>Klick oder Pfeiltasten wählen einen Kopf</translation>
    </message>
</context>
<context>
    <name>hs::ui::ScoreScatter</name>
    <message>
        <source>Two scores of all heads</source>
        <translation>Zwei Werte aller Köpfe</translation>
    </message>
    <message>
        <source>candidate: %1</source>
        <translation>Kandidat: %1</translation>
    </message>
    <message>
        <source>L%1 H%2, %3: %4 %5, %6 %7</source>
        <translation>L%1 H%2, %3: %4 %5, %6 %7</translation>
    </message>
</context>
<context>
    <name>hs::ui::ScoresDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>All scores of a head</source>
        <translation>Alle Werte eines Kopfes</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Nötig</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Null</translation>
    </message>
    <message>
        <source>95 % of the excess</source>
        <translation>95 % des Überschusses</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Share on content</source>
        <translation>Anteil auf Inhalt</translation>
    </message>
    <message>
        <source>All labels that were tested</source>
        <translation>Alle geprüften Namen</translation>
    </message>
    <message>
        <source>L%1 H%2: all scores</source>
        <translation>L%1 H%2: alle Werte</translation>
    </message>
    <message>
        <source>Not labelled yet.</source>
        <translation>Noch nicht benannt.</translation>
    </message>
    <message>
        <source>%1: %2, %3 %4</source>
        <translation>%1: %2, %3 %4</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>held against %1</source>
        <translation>gemessen an: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Other numbers of this head</source>
        <translation>Andere Zahlen dieses Kopfes</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Other numbers</source>
        <translation>Andere Zahlen</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Bemerkungen</translation>
    </message>
    <message>
        <source>Also those with too little evidence (%1)</source>
        <translation>Auch die mit zu wenig Belegen (%1)</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>About this model:</source>
        <translation>Zu diesem Modell:</translation>
    </message>
    <message>
        <source>No remarks.</source>
        <translation>Keine Bemerkungen.</translation>
    </message>
    <message>
        <source>%1 (%2 %3)</source>
        <translation>%1 (%2 %3)</translation>
    </message>
</context>
<context>
    <name>hs::ui::SelectionHistory</name>
    <message>
        <source>select %1</source>
        <translation>%1 auswählen</translation>
    </message>
</context>
<context>
    <name>hs::ui::ShortcutsOverlay</name>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Next or previous head</source>
        <translation>Nächster oder voriger Kopf</translation>
    </message>
    <message>
        <source>Layer up or down</source>
        <translation>Schicht höher oder tiefer</translation>
    </message>
    <message>
        <source>Four at once</source>
        <translation>Vier auf einmal</translation>
    </message>
    <message>
        <source>Shift+arrow</source>
        <translation>Umschalt+Pfeil</translation>
    </message>
    <message>
        <source>Cell by cell in the map</source>
        <translation>Zelle für Zelle in der Karte</translation>
    </message>
    <message>
        <source>Ctrl+arrow</source>
        <translation>Strg+Pfeil</translation>
    </message>
    <message>
        <source>Release, close, cancel</source>
        <translation>Lösen, schließen, abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Mouse in the map</source>
        <translation>Maus in der Karte</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Zoomen am Zeiger</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>One axis only</source>
        <translation>Nur eine Achse</translation>
    </message>
    <message>
        <source>Shift or Alt+wheel</source>
        <translation>Umschalt oder Alt+Rad</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>Zoom to a box</source>
        <translation>Auf Rahmen zoomen</translation>
    </message>
    <message>
        <source>Ctrl+drag</source>
        <translation>Strg+ziehen</translation>
    </message>
    <message>
        <source>Lock a pair</source>
        <translation>Paar festhalten</translation>
    </message>
    <message>
        <source>click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Fit all</source>
        <translation>Alles einpassen</translation>
    </message>
    <message>
        <source>Home, Ctrl+0</source>
        <translation>Pos1, Strg+0</translation>
    </message>
    <message>
        <source>Mouse elsewhere</source>
        <translation>Maus anderswo</translation>
    </message>
    <message>
        <source>Choose the query token</source>
        <translation>Query-Token wählen</translation>
    </message>
    <message>
        <source>click a token</source>
        <translation>Klick auf Token</translation>
    </message>
    <message>
        <source>Choose the key token</source>
        <translation>Key-Token wählen</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Pin a head for comparison</source>
        <translation>Kopf anheften</translation>
    </message>
    <message>
        <source>Ctrl+click in the atlas</source>
        <translation>Strg+Klick im Atlas</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>drop it</source>
        <translation>ablegen</translation>
    </message>
    <message>
        <source>any key closes</source>
        <translation>jede Taste schließt</translation>
    </message>
</context>
<context>
    <name>hs::ui::SimilarityStore</name>
    <message>
        <source>Comparing heads needs a model file; attention dumps hold no weights.</source>
        <translation>Köpfe zu vergleichen braucht eine Modelldatei; gespeicherte Attention enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>This measure compares what heads do on text, and this file cannot run text. Measures of weights work.</source>
        <translation>Dieses Maß vergleicht, was Köpfe auf Text tun, und diese Datei kann keinen Text verarbeiten. Maße der Gewichte gehen.</translation>
    </message>
    <message>
        <source>This measure compares what heads do on text: run a prompt, or choose a text file.</source>
        <translation>Dieses Maß vergleicht, was Köpfe auf Text tun: Lassen Sie einen Prompt laufen oder wählen Sie eine Textdatei.</translation>
    </message>
    <message>
        <source>This file holds no attention weights.</source>
        <translation>Diese Datei enthält keine Attention-Gewichte.</translation>
    </message>
    <message>
        <source>the open prompt</source>
        <translation>der offene Prompt</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Compare heads</source>
        <translation>Köpfe vergleichen</translation>
    </message>
    <message>
        <source>Compare heads on a text</source>
        <translation>Köpfe an einem Text vergleichen</translation>
    </message>
    <message>
        <source>Groups of heads</source>
        <translation>Gruppen von Köpfen</translation>
    </message>
    <message>
        <source>Map of heads</source>
        <translation>Landkarte der Köpfe</translation>
    </message>
</context>
<context>
    <name>hs::ui::SimilarityTab</name>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Landkarte</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Roles compared</source>
        <translation>Verglichene Rollen</translation>
    </message>
    <message>
        <source>Source role, then target role. QQ, KK, VV and OO compare all heads with all; the others lead from a head to a later one.</source>
        <translation>Rolle der Quelle, dann des Ziels. QQ, KK, VV und OO vergleichen alle Köpfe mit allen; die anderen führen von einem Kopf zu einem späteren.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights as stored</source>
        <translation>Gewichte wie gespeichert</translation>
    </message>
    <message>
        <source>Norm folded in</source>
        <translation>Norm eingefaltet</translation>
    </message>
    <message>
        <source>Norm folded in, centred</source>
        <translation>Norm eingefaltet, zentriert</translation>
    </message>
    <message>
        <source>Text on which the heads are compared</source>
        <translation>Text, auf dem die Köpfe verglichen werden</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By layer</source>
        <translation>Nach Schicht</translation>
    </message>
    <message>
        <source>By likeness</source>
        <translation>Nach Ähnlichkeit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>The open prompt</source>
        <translation>Der offene Prompt</translation>
    </message>
    <message>
        <source>Text to compare heads on</source>
        <translation>Text zum Vergleichen der Köpfe</translation>
    </message>
    <message>
        <source>Text (*.txt);;All files (*)</source>
        <translation>Text (*.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Text file …</source>
        <translation>Textdatei …</translation>
    </message>
    <message>
        <source>Folder of text files …</source>
        <translation>Ordner mit Textdateien …</translation>
    </message>
    <message>
        <source>%1 → %2 | %3</source>
        <translation>%1 → %2 | %3</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source> | n/a</source>
        <translation> | keine Angabe</translation>
    </message>
    <message>
        <source> | random %1 ± %2</source>
        <translation> | Zufall %1 ± %2</translation>
    </message>
    <message>
        <source> | normalised %1</source>
        <translation> | normiert %1</translation>
    </message>
    <message>
        <source>Open prompt</source>
        <translation>Offener Prompt</translation>
    </message>
    <message>
        <source>Order of rows and columns</source>
        <translation>Reihenfolge der Zeilen und Spalten</translation>
    </message>
    <message>
        <source>Only measures of all heads with all have groups: QQ, KK, VV, OO, or behaviour.</source>
        <translation>Nur Maße aller Köpfe mit allen haben Gruppen: QQ, KK, VV, OO oder Verhalten.</translation>
    </message>
    <message>
        <source>Heads as points, near where they are alike</source>
        <translation>Köpfe als Punkte, nahe beieinander, wo sie einander gleichen</translation>
    </message>
    <message>
        <source>colours from the random level %1 to the largest value %2</source>
        <translation>Farben vom Zufallswert %1 bis zum größten Wert %2</translation>
    </message>
    <message>
        <source>colours from %1 to %2</source>
        <translation>Farben von %1 bis %2</translation>
    </message>
    <message>
        <source>hatched: the source does not lie in an earlier layer</source>
        <translation>schraffiert: Die Quelle liegt in keiner früheren Schicht</translation>
    </message>
    <message>
        <source>on %1, %2 tokens</source>
        <translation>auf %1, %2 Tokens</translation>
    </message>
    <message>
        <source>more text is coming</source>
        <translation>weiterer Text folgt</translation>
    </message>
    <message>
        <source>Nearest to %1: %2</source>
        <translation>Am nächsten bei %1: %2</translation>
    </message>
    <message>
        <source>%1 groups of two or more heads, mean silhouette %2</source>
        <translation>%1 Gruppen aus zwei oder mehr Köpfen, mittlere Silhouette %2</translation>
    </message>
    <message>
        <source>No cut into groups has a positive silhouette</source>
        <translation>Keine Einteilung in Gruppen hat eine positive Silhouette</translation>
    </message>
    <message>
        <source>this head&apos;s group: %1 heads around %2%3</source>
        <translation>Gruppe dieses Kopfes: %1 Köpfe um %2%3</translation>
    </message>
    <message>
        <source>, all sinks: alike because idle</source>
        <translation>, alles Senken: gleich, weil untätig</translation>
    </message>
    <message>
        <source>the plane explains %1 % of the distances, stress %2</source>
        <translation>die Ebene erklärt %1 % der Abstände, Stress %2</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>Nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Choose text</source>
        <translation>Text wählen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The heads were not compared.</source>
        <translation>Die Köpfe wurden nicht verglichen.</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Placing heads by likeness</source>
        <translation>Köpfe werden nach Ähnlichkeit angeordnet</translation>
    </message>
    <message>
        <source>Comparing all heads</source>
        <translation>Alle Köpfe werden verglichen</translation>
    </message>
    <message>
        <source>Heads placed by %1</source>
        <translation>Köpfe angeordnet nach %1</translation>
    </message>
    <message>
        <source>All heads against all heads: %1</source>
        <translation>Alle Köpfe gegen alle Köpfe: %1</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>text: %1, %2 tokens</source>
        <translation>Text: %1, %2 Tokens</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Etikett</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>How far from random subspaces all sixteen pairings lie</source>
        <translation>Wie weit alle sechzehn Paarungen von zufälligen Unterräumen liegen</translation>
    </message>
    <message>
        <source>What the selected head&apos;s weights say about it alone</source>
        <translation>Was die Gewichte des gewählten Kopfs über ihn allein sagen</translation>
    </message>
    <message>
        <source>Figure or table …</source>
        <translation>Abbildung oder Tabelle …</translation>
    </message>
    <message>
        <source>All values as CSV …</source>
        <translation>Alle Werte als CSV …</translation>
    </message>
    <message>
        <source>All values as NPY …</source>
        <translation>Alle Werte als NPY …</translation>
    </message>
    <message>
        <source>All values as HDF5 …</source>
        <translation>Alle Werte als HDF5 …</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>All values of the matrix</source>
        <translation>Alle Werte der Matrix</translation>
    </message>
    <message>
        <source>Like heads, who stands for them, and whether replacing the others changes the loss</source>
        <translation>Ähnliche Köpfe, wer für sie steht, und ob es den Verlust ändert, die anderen zu ersetzen</translation>
    </message>
    <message>
        <source>Text of the swap test</source>
        <translation>Text der Tauschprobe</translation>
    </message>
    <message>
        <source>the plane explains only %1 % of the distances, stress %2: points that lie together need not be alike</source>
        <translation>die Ebene erklärt nur %1 % der Abstände, Stress %2: Punkte nah beieinander müssen nicht ähnlich sein</translation>
    </message>
    <message>
        <source>This model has one head: there is no other to compare it with.</source>
        <translation>Dieses Modell hat einen Kopf: es gibt keinen anderen zum Vergleich.</translation>
    </message>
    <message>
        <source>This model has one layer: no head lies before another. QQ, KK, VV and OO compare the heads of a layer.</source>
        <translation>Dieses Modell hat eine Schicht: kein Kopf liegt vor einem anderen. QQ, KK, VV und OO vergleichen die Köpfe einer Schicht.</translation>
    </message>
    <message>
        <source>No two heads have a number together: %1.</source>
        <translation>Keine zwei Köpfe haben zusammen eine Zahl: %1.</translation>
    </message>
    <message>
        <source>No two heads have a number together.</source>
        <translation>Keine zwei Köpfe haben zusammen eine Zahl.</translation>
    </message>
    <message>
        <source>Compare outputs (OO)</source>
        <translation>Ausgaben vergleichen (OO)</translation>
    </message>
    <message>
        <source>Groups are made when all text is read</source>
        <translation>Gruppen entstehen, wenn der ganze Text gelesen ist</translation>
    </message>
    <message>
        <source>Grouping heads</source>
        <translation>Köpfe werden gruppiert</translation>
    </message>
    <message>
        <source>Heads are placed when all text is read</source>
        <translation>Köpfe werden platziert, wenn der ganze Text gelesen ist</translation>
    </message>
    <message>
        <source>%1 and %2 | %3</source>
        <translation>%1 und %2 | %3</translation>
    </message>
    <message>
        <source> | n/a: %1</source>
        <translation> | n. v.: %1</translation>
    </message>
    <message>
        <source>strong colours: alike, %1 to %2</source>
        <translation>kräftige Farben: ähnlich, %1 bis %2</translation>
    </message>
    <message>
        <source>on %1, %2 rows compared</source>
        <translation>auf %1, %2 Zeilen verglichen</translation>
    </message>
    <message>
        <source>fewer than %1 tokens: numbers come out too high</source>
        <translation>weniger als %1 Tokens: die Zahlen fallen zu hoch aus</translation>
    </message>
    <message>
        <source>weights on reference tokens (first token, separators) are taken out</source>
        <translation>Gewichte auf Bezugs-Tokens (erstes Token, Trenner) sind herausgenommen</translation>
    </message>
    <message>
        <source>one group of two or more heads, mean silhouette %1</source>
        <translation>eine Gruppe aus zwei oder mehr Köpfen, mittlere Silhouette %1</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
    <message>
        <source>All heads by how much they are an identity, and by how replaceable they are</source>
        <translation>Alle Köpfe danach, wie sehr sie Identität sind und wie ersetzbar sie sind</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>&amp;Similarity of heads</source>
        <translation>&amp;Ähnlichkeit der Köpfe</translation>
    </message>
    <message>
        <source>principal angles of a pair</source>
        <translation>Hauptwinkel eines Paars</translation>
    </message>
    <message>
        <source>scaling, embedding of heads</source>
        <translation>Skalierung, Einbettung der Köpfe</translation>
    </message>
    <message>
        <source>clusters, swap test, interchangeable</source>
        <translation>Cluster, Tauschtest, austauschbar</translation>
    </message>
    <message>
        <source>random subspaces, chance, null</source>
        <translation>zufällige Unterräume, Zufall, Nullverteilung</translation>
    </message>
    <message>
        <source>spectra, singular values, tokens that a head writes</source>
        <translation>Spektren, Singulärwerte, Tokens, die ein Kopf schreibt</translation>
    </message>
    <message>
        <source>identity, replaceable, stand-in</source>
        <translation>Identität, ersetzbar, Vertretung</translation>
    </message>
    <message>
        <source>Similarity: %1</source>
        <translation>Ähnlichkeit: %1</translation>
    </message>
    <message>
        <source>Write comparison of heads</source>
        <translation>Vergleich der Köpfe schreiben</translation>
    </message>
</context>
<context>
    <name>hs::ui::SimilarityWords</name>
    <message>
        <source>what %1 reads through its query (Q)</source>
        <translation>was %1 durch seine Query liest (Q)</translation>
    </message>
    <message>
        <source>what %1 reads through its key (K)</source>
        <translation>was %1 durch seinen Key liest (K)</translation>
    </message>
    <message>
        <source>what %1 reads through its value (V)</source>
        <translation>was %1 durch seinen Value liest (V)</translation>
    </message>
    <message>
        <source>what %1 writes (O)</source>
        <translation>was %1 schreibt (O)</translation>
    </message>
    <message>
        <source>the source does not lie in an earlier layer</source>
        <translation>die Quelle liegt nicht in einer früheren Schicht</translation>
    </message>
    <message>
        <source>a weight is zero (pruned head)</source>
        <translation>ein Gewicht ist null (abgeschalteter Kopf)</translation>
    </message>
    <message>
        <source>the file lacks a matrix</source>
        <translation>der Datei fehlt eine Matrix</translation>
    </message>
    <message>
        <source>NaN or infinity among the weights</source>
        <translation>NaN oder unendlich unter den Gewichten</translation>
    </message>
    <message>
        <source>too few samples</source>
        <translation>zu wenige Daten</translation>
    </message>
    <message>
        <source>depends on the gauge: changes of Q and K that the model cannot feel change this number</source>
        <translation>eichabhängig: Änderungen an Q und K, die das Modell nicht spürt, ändern diese Zahl</translation>
    </message>
    <message>
        <source>biases are left out</source>
        <translation>ohne Bias</translation>
    </message>
    <message>
        <source>key and value axes hold shared heads</source>
        <translation>Achsen von Key und Value tragen geteilte Köpfe</translation>
    </message>
    <message>
        <source>rotary positions taken at offset 0</source>
        <translation>Rotary-Positionen bei Abstand 0</translation>
    </message>
    <message>
        <source>scores as they are before the model&apos;s soft cap</source>
        <translation>Scores, wie sie vor der weichen Kappung des Modells sind</translation>
    </message>
    <message>
        <source>position terms are left out</source>
        <translation>ohne Positionsanteile</translation>
    </message>
    <message>
        <source>a norm lies between the heads: approximate</source>
        <translation>eine Norm liegt zwischen den Köpfen: Näherung</translation>
    </message>
    <message>
        <source>no norm to fold here: weights as stored</source>
        <translation>keine Norm zum Einfalten: Gewichte wie gespeichert</translation>
    </message>
    <message>
        <source>this norm does not centre: folded only</source>
        <translation>diese Norm zentriert nicht: nur eingefaltet</translation>
    </message>
    <message>
        <source>some heads have less than full rank</source>
        <translation>einige Köpfe haben keinen vollen Rang</translation>
    </message>
    <message>
        <source>some heads have no numbers</source>
        <translation>einige Köpfe haben keine Zahlen</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegen %2</translation>
    </message>
    <message>
        <source>weights as stored</source>
        <translation>Gewichte wie gespeichert</translation>
    </message>
    <message>
        <source>norm folded in</source>
        <translation>Norm eingefaltet</translation>
    </message>
    <message>
        <source>norm folded in and centred</source>
        <translation>Norm eingefaltet und zentriert</translation>
    </message>
    <message>
        <source>scores without ALiBi&apos;s bias of distance</source>
        <translation>Scores ohne den Abstandszuschlag von ALiBi</translation>
    </message>
    <message>
        <source>queries, keys and values as they are before the model clips them</source>
        <translation>Queries, Keys und Values vor der Begrenzung durch das Modell</translation>
    </message>
    <message>
        <source>queries and keys as they are before the model norms them</source>
        <translation>Queries und Keys, wie sie vor der Normierung des Modells sind</translation>
    </message>
    <message>
        <source>latent queries, keys and values as they are before the model norms them</source>
        <translation>latente Queries, Keys und Values, wie sie vor der Normierung des Modells sind</translation>
    </message>
</context>
<context>
    <name>hs::ui::StatePanel</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>hs::ui::StatusLine</name>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU, 1 Thread</translation>
    </message>
    <message>
        <source>CPU, %1 threads</source>
        <translation>CPU, %1 Threads</translation>
    </message>
</context>
<context>
    <name>hs::ui::SwapStore</name>
    <message>
        <source>Replace heads by others</source>
        <translation>Köpfe durch andere ersetzen</translation>
    </message>
</context>
<context>
    <name>hs::ui::SwapWords</name>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1 (%2 bis %3)</translation>
    </message>
    <message>
        <source>one document: no interval</source>
        <translation>ein Dokument: kein Intervall</translation>
    </message>
    <message>
        <source>no change shown</source>
        <translation>keine Änderung gezeigt</translation>
    </message>
    <message>
        <source>loss falls</source>
        <translation>Verlust sinkt</translation>
    </message>
    <message>
        <source>loss rises</source>
        <translation>Verlust steigt</translation>
    </message>
    <message>
        <source>partial: %1</source>
        <translation>teilweise: %1</translation>
    </message>
    <message>
        <source>one document</source>
        <translation>ein Dokument</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 Dokumente</translation>
    </message>
    <message>
        <source>Cancelled: nothing was measured.</source>
        <translation>Abgebrochen: nichts wurde gemessen.</translation>
    </message>
    <message>
        <source>Partial results stay: %1 of %2 heads, on %3 (%4). Nats per token, 95 % interval over these documents.</source>
        <translation>Teilergebnisse bleiben: %1 von %2 Köpfen, auf %3 (%4). Nats je Token, 95-%-Intervall über diese Dokumente.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>hs::ui::SwitchPreviews</name>
    <message>
        <source>Switch heads off, one by one</source>
        <translation>Köpfe einzeln ausschalten</translation>
    </message>
</context>
<context>
    <name>hs::ui::TensorsModel</name>
    <message>
        <source>scalar</source>
        <translation>Skalar</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht verwendet</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>Name in der Datei</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Used as</source>
        <translation>Verwendet als</translation>
    </message>
</context>
<context>
    <name>hs::ui::TextRows</name>
    <message>
        <source>Weights of every word</source>
        <translation>Gewichte jedes Wortes</translation>
    </message>
    <message>
        <source>Every word: who looks at it</source>
        <translation>Jedes Wort: wer darauf blickt</translation>
    </message>
    <message>
        <source>Every word: where it looks</source>
        <translation>Jedes Wort: wohin es blickt</translation>
    </message>
</context>
<context>
    <name>hs::ui::TextTab</name>
    <message>
        <source>Where it looks</source>
        <translation>Wohin es blickt</translation>
    </message>
    <message>
        <source>Who looks at it</source>
        <translation>Wer darauf blickt</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>No attention to show</source>
        <translation>Keine Attention zu zeigen</translation>
    </message>
    <message>
        <source>The words of the prompt stand here with one head&apos;s weights on them, once it has run.</source>
        <translation>Hier stehen die Wörter des Prompts mit den Gewichten eines Kopfes, sobald er gerechnet ist.</translation>
    </message>
    <message>
        <source>This needs the model&apos;s weights</source>
        <translation>Dazu braucht es die Gewichte des Modells</translation>
    </message>
    <message>
        <source>The open file holds attention patterns only. Choose Weights in the Head tab.</source>
        <translation>Die offene Datei enthält nur Attention-Muster. Wählen Sie „Gewichte“ im Reiter Kopf.</translation>
    </message>
    <message>
        <source>Layer %1 is being computed</source>
        <translation>Schicht %1 wird berechnet</translation>
    </message>
    <message>
        <source>Its weights appear here as soon as the layer is done.</source>
        <translation>Die Gewichte erscheinen hier, sobald die Schicht fertig ist.</translation>
    </message>
    <message>
        <source>who looks at %1</source>
        <translation>wer auf %1 blickt</translation>
    </message>
    <message>
        <source>where %1 looks</source>
        <translation>wohin %1 blickt</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>score before softmax</source>
        <translation>Score vor dem Softmax</translation>
    </message>
    <message>
        <source>value-weighted</source>
        <translation>value-gewichtet</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>Loss change</source>
        <translation>Verluständerung</translation>
    </message>
    <message>
        <source>How switched-off heads and other interventions change the loss of each token</source>
        <translation>Wie ausgeschaltete Köpfe und andere Eingriffe den Verlust jedes Tokens ändern</translation>
    </message>
    <message>
        <source>Needs a finished run of a model that predicts tokens.</source>
        <translation>Braucht einen fertigen Lauf eines Modells, das Token vorhersagt.</translation>
    </message>
    <message>
        <source>No head is off and nothing else is changed: the losses are those of the original model, mean %1.</source>
        <translation>Kein Kopf ist aus und nichts sonst geändert: Die Verluste sind die des ursprünglichen Modells, Mittel %1.</translation>
    </message>
    <message>
        <source>Loss of each token</source>
        <translation>Verlust jedes Tokens</translation>
    </message>
    <message>
        <source>Original against interventions (%1): loss %2 → %3; %4 tokens harder (orange), %5 easier (blue); range ±%6 nats.</source>
        <translation>Original gegen Eingriffe (%1): Verlust %2 → %3; %4 Token schwerer (orange), %5 leichter (blau); Bereich ±%6 Nats.</translation>
    </message>
    <message>
        <source>The prompt runs again; these are still the numbers from before.</source>
        <translation>Der Prompt läuft neu; dies sind noch die Zahlen von vorher.</translation>
    </message>
    <message>
        <source>This prompt only: no interval.</source>
        <translation>Nur dieser Prompt: kein Intervall.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>hs::ui::TextView</name>
    <message>
        <source>Text with attention weights</source>
        <translation>Text mit Attention-Gewichten</translation>
    </message>
    <message>
        <source>Who looks at %1 %2</source>
        <translation>Wer auf %1 %2 blickt</translation>
    </message>
    <message>
        <source>Where %1 %2 looks</source>
        <translation>Wohin %1 %2 blickt</translation>
    </message>
</context>
<context>
    <name>hs::ui::TokenBars</name>
    <message>
        <source>&lt; 0.01 %</source>
        <translation>&lt; 0.01 %</translation>
    </message>
</context>
<context>
    <name>hs::ui::TokenGrid</name>
    <message>
        <source>Tokens of %1</source>
        <translation>Tokens von %1</translation>
    </message>
    <message>
        <source>%1 tokens. A click, or Enter, puts one at the end of the prompt.</source>
        <translation>%1 Tokens. Ein Klick oder die Eingabetaste setzt eines ans Ende des Prompts.</translation>
    </message>
    <message>
        <source>%1 ids without names. A click, or Enter, puts one at the end of the prompt. A text file with one name a line, the first for id 0, gives them names.</source>
        <translation>%1 Ids ohne Namen. Ein Klick oder die Eingabetaste setzt eine ans Ende des Prompts. Eine Textdatei mit einem Namen je Zeile, der erste für Id 0, gibt ihnen Namen.</translation>
    </message>
    <message>
        <source>Filter by id or name</source>
        <translation>Nach Id oder Namen filtern</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Names from a file …</source>
        <translation>Namen aus einer Datei …</translation>
    </message>
    <message>
        <source>Names of the ids, one a line</source>
        <translation>Namen der Ids, einer je Zeile</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>hs::ui::TokenListModel</name>
    <message>
        <source>Token %1, id %2</source>
        <translation>Token %1, Id %2</translation>
    </message>
    <message>
        <source>Token id %1</source>
        <translation>Token-Id %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::TokenRow</name>
    <message>
        <source>Tokens of the prompt</source>
        <translation>Tokens des Prompts</translation>
    </message>
    <message>
        <source>Token %1, id %2: %3
Click: query; Shift+click: key</source>
        <translation>Token %1, ID %2: %3
Klick: Query; Umschalt+Klick: Key</translation>
    </message>
    <message>
        <source>lines %1–%2 of %3</source>
        <translation>Zeilen %1–%2 von %3</translation>
    </message>
    <message>
        <source>Tokens appear here when the prompt has run.</source>
        <translation>Die Tokens erscheinen hier nach dem Lauf.</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>This file cannot run text: parts of the model are missing.</source>
        <translation>Mit dieser Datei kann kein Text laufen: Teile des Modells fehlen.</translation>
    </message>
    <message>
        <source>This file holds attention weights but not the whole model, so it cannot run text. What needs weights alone works: Graph, Similarity, labels from weights.</source>
        <translation>Diese Datei enthält Attention-Gewichte, aber nicht das ganze Modell; also kann kein Text laufen. Was nur Gewichte braucht, geht: Graph, Ähnlichkeit, Labels aus Gewichten.</translation>
    </message>
</context>
<context>
    <name>hs::ui::TopBar</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Kept prompts and examples</source>
        <translation>Behaltene Prompts und Beispiele</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>One row and column for each token</source>
        <translation>Eine Zeile und Spalte je Token</translation>
    </message>
    <message>
        <source>Words: sums over their keys, means over their queries</source>
        <translation>Wörter: Summen über ihre Keys, Mittel über ihre Querys</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Find a command, Ctrl+K</source>
        <translation>Befehl suchen, Strg+K</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>Erst ein Modell öffnen</translation>
    </message>
    <message>
        <source>Type a sentence and press Enter</source>
        <translation>Satz eingeben und Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Token ids, for example 12 7 305</source>
        <translation>Token-IDs, zum Beispiel 12 7 305</translation>
    </message>
    <message>
        <source>This file cannot run text</source>
        <translation>Diese Datei kann keinen Text rechnen</translation>
    </message>
    <message>
        <source>Stop what is running (Esc)</source>
        <translation>Laufendes anhalten (Esc)</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell ist offen</translation>
    </message>
    <message>
        <source>This file lacks parts that running text needs</source>
        <translation>Dieser Datei fehlen Teile, die zum Rechnen nötig sind</translation>
    </message>
    <message>
        <source>The prompt is empty</source>
        <translation>Der Prompt ist leer</translation>
    </message>
    <message>
        <source>Run the prompt (F5)</source>
        <translation>Prompt ausführen (F5)</translation>
    </message>
    <message>
        <source>Empty prompt</source>
        <translation>Leerer Prompt</translation>
    </message>
    <message>
        <source>New prompt</source>
        <translation>Neuer Prompt</translation>
    </message>
    <message>
        <source>Rename this prompt …</source>
        <translation>Diesen Prompt umbenennen …</translation>
    </message>
    <message>
        <source>Remove this prompt</source>
        <translation>Diesen Prompt entfernen</translation>
    </message>
    <message>
        <source>Spell out special tokens</source>
        <translation>Sondertokens ausschreiben</translation>
    </message>
    <message>
        <source>&lt;|endoftext|&gt; in the text: its letters instead of the token</source>
        <translation>&lt;|endoftext|&gt; im Text: seine Buchstaben statt des Tokens</translation>
    </message>
    <message>
        <source>Choose from all tokens …</source>
        <translation>Aus allen Tokens wählen …</translation>
    </message>
</context>
<context>
    <name>hs::ui::WindowCommands</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Head</source>
        <translation>&amp;Kopf</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Zuletzt &amp;geöffnet</translation>
    </message>
    <message>
        <source>Open &amp;sample model</source>
        <translation>Be&amp;ispielmodell öffnen</translation>
    </message>
    <message>
        <source>&amp;Close file</source>
        <translation>Datei s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Preferences …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Wor&amp;kspace</source>
        <translation>Ar&amp;beitsbereich</translation>
    </message>
    <message>
        <source>Workspace: %1</source>
        <translation>Arbeitsbereich: %1</translation>
    </message>
    <message>
        <source>Reset layou&amp;t</source>
        <translation>An&amp;ordnung zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Find a command …</source>
        <translation>&amp;Befehl suchen …</translation>
    </message>
    <message>
        <source>&amp;Tensors and configuration …</source>
        <translation>&amp;Tensoren und Konfiguration …</translation>
    </message>
    <message>
        <source>&amp;Comparison with the reference …</source>
        <translation>&amp;Vergleich mit der Referenz …</translation>
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation>&amp;Tasten und Maus</translation>
    </message>
    <message>
        <source>&amp;About HeadScope</source>
        <translation>&amp;Über HeadScope</translation>
    </message>
    <message>
        <source>Open a model, attention or project</source>
        <translation>Modell, Attention oder Projekt öffnen</translation>
    </message>
    <message>
        <source>Figures with a recipe (*.png *.svg *.pdf)</source>
        <translation>Abbildungen mit Rezept (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Merge an &amp;adapter …</source>
        <translation>&amp;Adapter einrechnen …</translation>
    </message>
    <message>
        <source>&amp;Weights without the adapter</source>
        <translation>&amp;Gewichte ohne den Adapter</translation>
    </message>
    <message>
        <source>Models and attention (%1 *.headscope)</source>
        <translation>Modelle und Attention (%1 *.headscope)</translation>
    </message>
    <message>
        <source>Folder of the adapter</source>
        <translation>Ordner des Adapters</translation>
    </message>
</context>
<context>
    <name>hs::ui::WorkspaceSwitch</name>
    <message>
        <source>Workspace: %1</source>
        <translation>Arbeitsbereich: %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::WorkspaceTitle</name>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>Stutzen</translation>
    </message>
</context>
</TS>
