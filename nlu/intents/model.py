"""The intent model: linear classifiers over sparse features, with calibrated confidence.

A support vector machine and a logistic regression see the same features; their opinions
are averaged. What is stored is numbers and plain text, never a pickle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlu.intents.features import canonical, families
from nlu.intents.vectors import Vectoriser
from nlu.lexicon.concepts import ConceptLexicon
from nlu.lexicon.homophones import HomophoneRules
from nlu.text.normalise import normalise

Matrix = npt.NDArray[np.float16]


@dataclass(frozen=True)
class ModelSettings:
    """What was chosen by measurement (see ``docs/decisions/``).

    Attributes:
        characters, words, sounds, concepts: scale of each feature family; 0 leaves it out.
        rarest: drop features of fewer training texts than this.
        svm_share: weight of the support vector machine against logistic regression, 0 to 1.
        svm_penalty, logistic_penalty: inverse regularisation strength of each.
        sharpness: factor on the margins before the softmax (calibration); higher is surer.
        seed: for reproducible training.
    """

    characters: float = 1.0
    words: float = 1.0
    sounds: float = 0.5
    concepts: float = 1.0
    rarest: int = 2
    svm_share: float = 0.5
    svm_penalty: float = 0.5
    logistic_penalty: float = 10.0
    sharpness: float = 4.0
    seed: int = 7


class IntentModel:
    """Classifies normalised messages."""

    def __init__(
        self, settings: ModelSettings, lexicon: ConceptLexicon, homophones: HomophoneRules
    ) -> None:
        """Set up an untrained model."""
        self.settings = settings
        self._homophones = homophones
        scales = {n: getattr(settings, n) for n in ("characters", "words", "sounds", "concepts")}
        self.vectoriser = Vectoriser(families(lexicon), scales, settings.rarest)
        self.labels: list[str] = []
        self._svm = np.zeros((0, 0), dtype=np.float16)
        self._logistic = np.zeros((0, 0), dtype=np.float16)

    def prepare(self, text: str) -> str:
        """The form of a message that features are read from."""
        return canonical(self._homophones.spell_out(normalise(text, self._homophones).text))

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train from nothing.

        Args:
            texts: messages as typed.
            labels: the intent of each.
        """
        matrix = self.vectoriser.fit([self.prepare(t) for t in texts])
        self.labels = sorted(set(labels))
        settings = self.settings
        if settings.svm_share > 0:
            svm = LinearSVC(C=settings.svm_penalty, random_state=settings.seed)
            self._svm = _with_bias(svm.fit(matrix, labels))
        if settings.svm_share < 1:
            logistic = LogisticRegression(
                C=settings.logistic_penalty,
                solver="liblinear",
                multi_class="ovr",
                random_state=settings.seed,
            )
            self._logistic = _with_bias(logistic.fit(matrix, labels))

    def probabilities(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Calibrated probabilities (texts x labels); rows sum to 1."""
        matrix = self.vectoriser.transform([self.prepare(t) for t in texts])
        share, sharpness = self.settings.svm_share, self.settings.sharpness
        total = np.zeros((matrix.shape[0], len(self.labels)))
        if share > 0:
            total += share * _softmax(sharpness * _margins(matrix, self._svm))
        if share < 1:
            # Logistic margins spread about three times as wide as those of the SVM.
            total += (1 - share) * _softmax(sharpness / 3 * _margins(matrix, self._logistic))
        return total

    def save(self, folder: Path) -> None:
        """Write the model as JSON (vocabulary, labels, settings) and NumPy arrays."""
        facts = {
            "settings": asdict(self.settings),
            "labels": self.labels,
            "vocabularies": {n: list(v) for n, v in self.vectoriser.vocabularies.items()},
        }
        (folder / "model.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
        np.savez(
            folder / "model.npz",
            weights=self.vectoriser.weights,
            svm=self._svm,
            logistic=self._logistic,
        )

    @classmethod
    def load(cls, folder: Path, lexicon: ConceptLexicon, homophones: HomophoneRules) -> IntentModel:
        """Read a model that ``save`` wrote."""
        facts = json.loads((folder / "model.json").read_text("utf-8"))
        model = cls(ModelSettings(**facts["settings"]), lexicon, homophones)
        model.labels = facts["labels"]
        position = 0
        for name, features in facts["vocabularies"].items():
            model.vectoriser.vocabularies[name] = {
                feature: position + i for i, feature in enumerate(features)
            }
            position += len(features)
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            model.vectoriser.weights = arrays["weights"]
            model._svm = arrays["svm"]
            model._logistic = arrays["logistic"]
        return model


def _with_bias(classifier: LinearSVC | LogisticRegression) -> Matrix:
    """Coefficients and, in the last row, the intercepts (features + 1 x labels)."""
    stacked = np.vstack([classifier.coef_.T, classifier.intercept_[None, :]])
    # Half precision changed no decision that was measured, and halves model and memory.
    result: Matrix = stacked.astype(np.float16)
    return result


def _margins(matrix: csr_matrix, coefficients: Matrix) -> npt.NDArray[Any]:
    """Margins (texts x labels); only the rows of features that occur leave half precision."""
    rows = []
    for start, end in zip(matrix.indptr, matrix.indptr[1:], strict=False):
        known = coefficients[matrix.indices[start:end]].astype(np.float32)
        rows.append(matrix.data[start:end] @ known)
    return np.asarray(np.stack(rows) + coefficients[-1])


def _softmax(margins: npt.NDArray[Any]) -> npt.NDArray[Any]:
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
