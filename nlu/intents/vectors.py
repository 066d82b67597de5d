"""Turn features into sparse vectors: a vocabulary with weights, kept as plain text and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from nlu.intents.features import Reader


@dataclass
class Vectoriser:
    """Maps texts to rows; one unit-length block for each feature family.

    Attributes:
        readers: the feature families.
        scales: weight of each family's block.
        rarest: drop features that occur in fewer training texts than this.
    """

    readers: Mapping[str, Reader]
    scales: Mapping[str, float]
    rarest: int = 2
    vocabularies: dict[str, dict[str, int]] = field(default_factory=dict)
    weights: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn vocabulary and weights; return the matrix of the texts (texts x features)."""
        read = {name: [set(reader(t)) for t in texts] for name, reader in self._active()}
        weights: list[float] = []
        for name, rows in read.items():
            counts = Counter(feature for row in rows for feature in row)
            kept = sorted(f for f, n in counts.items() if n >= self.rarest)
            self.vocabularies[name] = {f: len(weights) + i for i, f in enumerate(kept)}
            weights.extend(np.log((1 + len(texts)) / (1 + counts[f])) + 1 for f in kept)
        self.weights = np.asarray(weights, dtype=np.float32)
        return self._matrix([{n: read[n][i] for n in read} for i in range(len(texts))])

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Matrix of texts (texts x features)."""
        return self._matrix([{n: set(r(t)) for n, r in self._active()} for t in texts])

    def _active(self) -> list[tuple[str, Reader]]:
        return [(n, r) for n, r in self.readers.items() if self.scales.get(n, 0) > 0]

    def _matrix(self, rows: Sequence[Mapping[str, set[str]]]) -> csr_matrix:
        columns: list[int] = []
        values: list[npt.NDArray[np.float32]] = []
        ends = [0]
        for row in rows:
            for name, features in row.items():
                vocabulary = self.vocabularies[name]
                known = sorted(vocabulary[f] for f in features if f in vocabulary)
                block = self.weights[known]
                length = float(np.sqrt(block @ block)) or 1.0
                columns.extend(known)
                values.append(block * (self.scales[name] / length))
            ends.append(len(columns))
        data = np.concatenate(values) if values else np.zeros(0, dtype=np.float32)
        shape = (len(rows), len(self.weights))
        return csr_matrix((data, np.asarray(columns), np.asarray(ends)), shape=shape)
